package dev.moonflow.jobs.graph;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** A video of three seconds at ten frames a second that was cut off in the middle of a frame. */
final class CutVideo {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;
  private static final int FRAMES = 30;

  private CutVideo() {}

  static Path write(Path file) throws Exception {
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT)) {
      recorder.setFormat("matroska");
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(10);
      recorder.setGopSize(5);
      recorder.start();
      Random random = new Random(1);
      for (int i = 0; i < FRAMES; i++) {
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        random.nextBytes(rgb); // noise, so that the cut hits a frame
        for (int k = 0; k < rgb.length; k++) {
          rgb[k] = (byte) ((rgb[k] & 31) + i * 7);
        }
        ByteBuffer samples = ByteBuffer.allocateDirect(rgb.length).put(rgb).flip();
        boolean unused =
            recorder.recordImage(
                WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3, WIDTH * 3, avutil.AV_PIX_FMT_RGB24, samples);
      }
    }
    byte[] whole = Files.readAllBytes(file);
    return Files.write(file, Arrays.copyOf(whole, whole.length * 6 / 10));
  }
}
