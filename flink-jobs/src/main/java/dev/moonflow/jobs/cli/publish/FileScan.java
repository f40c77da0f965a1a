package dev.moonflow.jobs.cli.publish;

import dev.moonflow.jobs.cli.console.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that some arguments name: each file itself, and what lies in each folder and below it,
 * in the order of names.
 *
 * @param files what will be published
 * @param skipped files in folders that are none of images, documents and videos; hidden ones are
 *     passed over in silence
 */
public record FileScan(List<InputFile> files, List<Path> skipped) {

  /** Files of one call at most; a folder with more is named in parts. */
  private static final int FILES_MAX = 1_000_000;

  /**
   * Looks at files and folders.
   *
   * @throws UserException if one does not exist, cannot be read, or is itself no image, document or
   *     video
   */
  public static FileScan of(List<Path> arguments) throws IOException {
    List<InputFile> files = new ArrayList<>();
    List<Path> skipped = new ArrayList<>();
    for (Path argument : arguments) {
      if (Files.isDirectory(argument)) {
        folder(argument, files, skipped);
      } else {
        files.add(single(argument));
      }
    }
    return new FileScan(List.copyOf(files), List.copyOf(skipped));
  }

  private static InputFile single(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new UserException(file + " does not exist.");
    }
    InputFile.Kind kind =
        FileKinds.of(file)
            .orElseThrow(
                () ->
                    new UserException(
                        file
                            + " is not an image (JPEG, PNG, TIFF, WebP, GIF, BMP), a PDF or a"
                            + " video."));
    return new InputFile(file, file.getFileName().toString(), kind);
  }

  private static void folder(Path folder, List<InputFile> files, List<Path> skipped)
      throws IOException {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(folder)) {
      found = walk.filter(Files::isRegularFile).limit(FILES_MAX + 1L).sorted().toList();
    }
    if (found.size() > FILES_MAX) {
      throw new UserException(
          folder + " holds more than " + FILES_MAX + " files; publish it in parts.");
    }
    for (Path file : found) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      if (name.startsWith(".") || name.contains("/.")) {
        continue;
      }
      Optional<InputFile.Kind> kind = FileKinds.of(file);
      kind.ifPresentOrElse(k -> files.add(new InputFile(file, name, k)), () -> skipped.add(file));
    }
  }
}
