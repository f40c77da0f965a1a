package dev.moonflow.connectors.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** Images and encoded files for tests, made from a seed. */
public final class TestImages {
  private TestImages() {}

  /** Soft gradients with some noise: as compressible as a photo. */
  public static DecodedImage photo(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at += 3) {
        rgb[at] = (byte) (255 * x / width + random.nextInt(8) & 0xFF);
        rgb[at + 1] = (byte) (255 * y / height);
        rgb[at + 2] = (byte) (128 + 100 * Math.sin((x + y) / 9.0) + random.nextInt(8));
      }
    }
    return new DecodedImage(width, height, rgb);
  }

  /** The same pixels in one of AWT's own layouts. */
  static BufferedImage buffered(DecodedImage image, int type) {
    BufferedImage buffered = new BufferedImage(image.width(), image.height(), type);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int at = (y * image.width() + x) * 3;
        int rgb =
            (image.rgb()[at] & 0xFF) << 16
                | (image.rgb()[at + 1] & 0xFF) << 8
                | image.rgb()[at + 2] & 0xFF;
        buffered.setRGB(x, y, 0xFF000000 | rgb);
      }
    }
    return buffered;
  }

  static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, file)) {
      throw new IOException("no writer for " + format + " of " + image);
    }
    return file.toByteArray();
  }

  /** A JPEG of a photo. */
  public static byte[] jpeg(DecodedImage image, boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(output);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(0.9f);
      BufferedImage pixels = buffered(image, BufferedImage.TYPE_3BYTE_BGR);
      writer.write(null, new IIOImage(pixels, null, null), settings);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  /** A TIFF whose pages are these images; {@code compression} is TwelveMonkeys' name, or null. */
  static byte[] tiff(List<BufferedImage> pages, String compression) throws IOException {
    ImageWriter writer = twelveMonkeysTiffWriter();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(output);
      writer.prepareWriteSequence(null);
      for (BufferedImage page : pages) {
        ImageWriteParam settings = writer.getDefaultWriteParam();
        if (compression != null) {
          settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          settings.setCompressionType(compression);
        }
        writer.writeToSequence(new IIOImage(page, null, null), settings);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  private static ImageWriter twelveMonkeysTiffWriter() {
    for (Iterator<ImageWriter> all = ImageIO.getImageWritersByFormatName("tiff"); all.hasNext(); ) {
      ImageWriter writer = all.next();
      if (writer.getClass().getName().contains("twelvemonkeys")) {
        return writer;
      }
    }
    throw new IllegalStateException("no TIFF writer");
  }

  /** A WebP, by way of ffmpeg: ImageIO's plugins only read it. */
  static byte[] webp(DecodedImage image, boolean lossless) throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file, image.width(), image.height());
    recorder.setFormat("webp");
    recorder.setVideoCodec(avcodec.AV_CODEC_ID_WEBP);
    recorder.setPixelFormat(lossless ? avutil.AV_PIX_FMT_BGRA : avutil.AV_PIX_FMT_YUV420P);
    recorder.setVideoOption("lossless", lossless ? "1" : "0");
    recorder.setVideoOption("quality", "90");
    recorder.start();
    ByteBuffer samples = ByteBuffer.allocateDirect(image.rgb().length).put(image.rgb()).flip();
    recorder.recordImage(
        image.width(),
        image.height(),
        Frame.DEPTH_UBYTE,
        3,
        image.width() * 3,
        avutil.AV_PIX_FMT_RGB24,
        samples);
    recorder.close();
    return file.toByteArray();
  }
}
