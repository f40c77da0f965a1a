package dev.moonflow.kernels.dense;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * oneDNN's library: found on the class path, laid once into a folder of the user's, from where all
 * processes and class loaders map the same pages.
 */
final class OneDnnLibrary {
  /** Names the folder to unpack into; by default {@code ~/.cache/moonflow/native}. */
  static final String FOLDER_PROPERTY = "moonflow.native.dir";

  private static final String RESOURCES = "/org/bytedeco/dnnl/linux-x86_64/";
  private static final String LIBRARY = "libdnnl.so.3";
  private static final List<String> FILES = List.of("libgomp.so.1", LIBRARY);

  private OneDnnLibrary() {}

  /**
   * Unpacks and loads the library.
   *
   * @throws IOException in one sentence, if it is not for this machine or cannot be laid down
   */
  static void load() throws IOException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.toLowerCase(Locale.ROOT).equals("linux amd64")) {
      throw new IOException("oneDNN is bundled for Linux on x86-64, this is " + system);
    }
    Path folder = folder();
    for (String name : FILES) {
      unpack(name, folder);
    }
    try {
      OneDnnApi.load(folder.resolve(LIBRARY).toAbsolutePath());
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw new IOException("oneDNN does not load from " + folder + ": " + e.getMessage(), e);
    }
  }

  private static Path folder() throws IOException {
    String chosen = System.getProperty(FOLDER_PROPERTY);
    Path folder =
        chosen != null
            ? Path.of(chosen)
            : Path.of(System.getProperty("user.home"), ".cache", "moonflow", "native");
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      if (chosen != null) {
        throw new IOException(FOLDER_PROPERTY + " " + folder + " cannot be written: " + e, e);
      }
      // A user without a home; the copy is this process's alone and stays behind.
      return Files.createTempDirectory("moonflow-native");
    }
  }

  /** A file with the size of the resource in its path is that resource: it is put there whole. */
  private static void unpack(String name, Path folder) throws IOException {
    URL resource = OneDnnLibrary.class.getResource(RESOURCES + name);
    if (resource == null) {
      throw new IOException("oneDNN's library " + name + " is not on the class path");
    }
    long size = resource.openConnection().getContentLengthLong();
    Path target = folder.resolve(name);
    if (Files.exists(target) && Files.size(target) == size) {
      return;
    }
    Path part = Files.createTempFile(folder, name, ".part");
    try (InputStream in = resource.openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
