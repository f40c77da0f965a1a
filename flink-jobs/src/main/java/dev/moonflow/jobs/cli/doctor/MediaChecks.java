package dev.moonflow.jobs.cli.doctor;

import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avutil;

/** The readers of images and videos. */
final class MediaChecks {
  private static final List<String> FORMATS = List.of("jpeg", "png", "tiff", "webp");

  private MediaChecks() {}

  static Finding images() {
    TreeSet<String> missing = new TreeSet<>(FORMATS);
    missing.removeIf(format -> ImageIO.getImageReadersByFormatName(format).hasNext());
    if (!missing.isEmpty()) {
      return Finding.missing(
          "Images",
          "no reader of " + String.join(", ", missing),
          "use the class path of ./moonflow");
    }
    return Finding.good("Images", String.join(", ", FORMATS) + ", and pages of PDF");
  }

  static Finding video() {
    try {
      String version = avutil.av_version_info().getString();
      return Finding.good("Video", "FFmpeg " + version);
    } catch (LinkageError | RuntimeException e) {
      return Finding.optional(
          "Video",
          "FFmpeg's native library does not load (" + e.getMessage() + ")",
          "videos need Linux on x86-64; images and documents work without");
    }
  }
}
