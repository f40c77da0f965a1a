package dev.moonflow.jobs.cli.read;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.media.MediaType;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.kernels.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The images of a file: itself, or its pages. */
public final class FilePages implements AutoCloseable {
  private final Path file;
  private final DocumentReader document;
  private final int dpi;

  private FilePages(Path file, DocumentReader document, int dpi) {
    this.file = file;
    this.document = document;
    this.dpi = dpi;
  }

  /**
   * Opens a file.
   *
   * @param dpi resolution at which pages of a PDF are rendered, 36 to 600
   * @throws UserException if it is missing, too large, broken or of no type that is read here
   */
  public static FilePages open(Path file, int dpi) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UserException(file + (Files.exists(file) ? " is not a file." : " does not exist."));
    }
    long size = Files.size(file);
    if (size > MediaLimits.DEFAULT.bytesMax()) {
      throw new UserException(
          file
              + " has "
              + Quantities.bytes(size)
              + "; the limit is "
              + Quantities.bytes(MediaLimits.DEFAULT.bytesMax())
              + ".");
    }
    try {
      return new FilePages(
          file, DocumentReader.open(Files.readAllBytes(file), MediaLimits.DEFAULT), dpi);
    } catch (MediaRejectedException e) {
      throw new UserException(file + ": " + e.getMessage(), e);
    }
  }

  /** How many there are, at least 1. */
  public int count() {
    return document.pageCount();
  }

  /** Whether the file has pages, even if it is only one: a PDF. */
  public boolean isDocument() {
    return document.type() == MediaType.PDF || count() > 1;
  }

  /** The pixels of a page, counted from 0. */
  public RgbImage image(int page) {
    try {
      DecodedImage image = document.renderPage(page, dpi);
      return new RgbImage(image.width(), image.height(), image.rgb());
    } catch (MediaRejectedException e) {
      String where = isDocument() ? ", page " + (page + 1) : "";
      throw new UserException(file + where + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    document.close();
  }
}
