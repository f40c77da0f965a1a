package dev.moonflow.training.evaluation.media;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.EvaluationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Media that lie in files or in fields of a row. */
public final class MediaFiles {
  private static final MediaLimits LIMITS = MediaLimits.DEFAULT;

  private MediaFiles() {}

  /** An image file. */
  public static Media image(Path file) {
    return budget -> List.of(decode(bytes(file), file.toString()));
  }

  /**
   * An image that was in a row.
   *
   * @param where names the row and its field, for complaints
   */
  public static Media image(byte[] encoded, String where) {
    return budget -> List.of(decode(encoded, where));
  }

  /** All pages of a document. */
  public static Media document(Path file) {
    return budget -> {
      try (DocumentReader document = DocumentReader.open(bytes(file), LIMITS)) {
        if (document.pageCount() > budget.pagesMax()) {
          throw new EvaluationException(
              "%s has %d pages; the limit of this task (media.pages_max) is %d."
                  .formatted(file, document.pageCount(), budget.pagesMax()));
        }
        List<RgbImage> pages = new ArrayList<>();
        for (int page = 0; page < document.pageCount(); page++) {
          pages.add(rgb(document.renderPage(page, budget.dpi())));
        }
        return pages;
      } catch (MediaRejectedException e) {
        throw new EvaluationException(file + ": " + e.getMessage() + ".", e);
      }
    };
  }

  /** Frames of a video, evenly spread. */
  public static Media video(Path file) {
    return budget -> FrameSampler.sample(file, budget, LIMITS);
  }

  /** The same pixels as the model takes them. */
  static RgbImage rgb(DecodedImage image) {
    return new RgbImage(image.width(), image.height(), image.rgb());
  }

  /** The size of an encoded image, from its header. */
  public static int[] size(byte[] encoded, String where) {
    try {
      var header = ImageReader.header(encoded);
      return new int[] {header.width(), header.height()};
    } catch (MediaRejectedException e) {
      throw new EvaluationException(where + ": " + e.getMessage() + ".", e);
    }
  }

  private static RgbImage decode(byte[] encoded, String where) {
    try {
      return rgb(ImageReader.decode(encoded, LIMITS));
    } catch (MediaRejectedException e) {
      throw new EvaluationException(where + ": " + e.getMessage() + ".", e);
    }
  }

  /** A file's bytes, within the limit. */
  public static byte[] bytes(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new EvaluationException(
            file + (Files.exists(file) ? " is not a file." : " does not exist."));
      }
      if (Files.size(file) > LIMITS.bytesMax()) {
        throw new EvaluationException(
            "%s has %d bytes; the limit is %d."
                .formatted(file, Files.size(file), LIMITS.bytesMax()));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
