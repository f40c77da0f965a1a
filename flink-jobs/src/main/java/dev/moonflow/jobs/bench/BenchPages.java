package dev.moonflow.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The pages of a run, as files: other programs read them from there.
 *
 * @param files one page each
 * @param what one sentence for the report
 */
public record BenchPages(List<Path> files, String what) {
  /** Pages of one run. */
  public static final int PAGES_MAX = 10_000;

  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".tif", ".tiff");

  public BenchPages {
    if (files.isEmpty() || files.size() > PAGES_MAX) {
      throw new IllegalArgumentException(
          "a run takes 1 to " + PAGES_MAX + " pages, got " + files.size());
    }
    files = List.copyOf(files);
  }

  /** Draws pages of prose into a folder. */
  public static BenchPages drawn(Path folder, int count, long seed) throws IOException {
    List<Path> files = new ArrayList<>();
    long characters = 0;
    try (PageDrawer drawer = new PageDrawer()) {
      for (int i = 0; i < count; i++) {
        PageDrawer.Drawn page = drawer.draw(seed + i);
        characters += page.characters();
        files.add(Files.write(folder.resolve(String.format("page-%05d.png", i + 1)), page.png()));
      }
    }
    String what =
        String.format(
            Locale.ROOT,
            "%d drawn pages (A4, 150 dpi, %d lines, %d characters each; seed %d)",
            count,
            PageDrawer.LINES,
            characters / Math.max(1, count),
            seed);
    return new BenchPages(files, what);
  }

  /** The first images of a folder, by name. */
  public static BenchPages of(Path folder, int countMax) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.filter(BenchPages::isPage).sorted().limit(countMax).toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException(folder + " holds no " + String.join(", ", ENDINGS));
      }
      return new BenchPages(files, files.size() + " pages of " + folder.getFileName());
    }
  }

  private static boolean isPage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /** The bytes of all pages, in order. */
  public List<byte[]> bytes() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (Path file : files) {
      all.add(Files.readAllBytes(file));
    }
    return all;
  }
}
