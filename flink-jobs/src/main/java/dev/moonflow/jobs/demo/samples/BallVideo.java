package dev.moonflow.jobs.demo.samples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** Three seconds of MPEG-4: an orange ball bounces from left to right over a striped floor. */
final class BallVideo {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int FRAMES_PER_SECOND = 12;
  private static final int FRAMES = 36;
  private static final int FLOOR = 190;

  /** Writes the video. */
  void write(Path file) throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT)) {
      recorder.setFormat("mp4");
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(FRAMES_PER_SECOND);
      recorder.setVideoBitrate(400_000);
      // No encoder version and no creation time in the file: the same bytes at every run.
      recorder.setOption("fflags", "+bitexact");
      recorder.setVideoOption("flags", "+bitexact");
      recorder.setVideoOption("threads", "1");
      recorder.start();
      for (int i = 0; i < FRAMES; i++) {
        recorder.record(frame(draw(i / (double) (FRAMES - 1))), avutil.AV_PIX_FMT_BGR24);
      }
      recorder.stop();
    }
  }

  /** The scene at time {@code t} in [0, 1]. */
  static BufferedImage draw(double t) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (int y = 0; y < HEIGHT; y++) {
      float k = y / (float) HEIGHT;
      g.setColor(new Color(0.62f - 0.2f * k, 0.80f - 0.15f * k, 0.92f - 0.05f * k));
      g.drawLine(0, y, WIDTH, y);
    }
    for (int x = -40; x < WIDTH; x += 40) {
      g.setColor((x / 40) % 2 == 0 ? new Color(0x7A5C46) : new Color(0x8C6C53));
      g.fillRect(x, FLOOR, 40, HEIGHT - FLOOR);
    }
    double radius = 24;
    double x = 34 + t * (WIDTH - 68);
    double bounce = Math.abs(Math.sin(t * Math.PI * 2.5));
    double y = FLOOR - radius - bounce * 110;
    g.setColor(new Color(40, 26, 18, (int) (150 - 90 * bounce)));
    double shadow = radius * (1.1 - 0.35 * bounce);
    g.fill(new Ellipse2D.Double(x - shadow, FLOOR + 3, 2 * shadow, 10));
    ball(g, x, y, radius);
    g.dispose();
    return image;
  }

  private static void ball(Graphics2D g, double x, double y, double radius) {
    for (int i = 0; i < 24; i++) {
      double k = i / 23.0;
      double r = radius * (1 - k);
      g.setColor(
          new Color((int) (205 + 50 * k), (int) (84 + 120 * k * k), (int) (18 + 130 * k * k)));
      double shift = radius * 0.36 * k;
      g.fill(new Ellipse2D.Double(x - shift - r, y - shift - r, 2 * r, 2 * r));
    }
  }

  private static Frame frame(BufferedImage image) {
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3);
    ByteBuffer pixels = (ByteBuffer) frame.image[0];
    for (int y = 0; y < HEIGHT; y++) {
      pixels.position(y * frame.imageStride);
      pixels.put(bgr, y * WIDTH * 3, WIDTH * 3);
    }
    pixels.rewind();
    return frame;
  }
}
