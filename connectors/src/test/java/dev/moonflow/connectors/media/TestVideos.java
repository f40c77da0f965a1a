package dev.moonflow.connectors.media;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** Videos of three seconds at ten frames a second, noisy so that a cut hits a frame. */
public final class TestVideos {
  public static final int FRAMES = 30;
  public static final int PER_SECOND = 10;
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  private TestVideos() {}

  /** The bytes of a video in a container that FFmpeg knows. */
  public static byte[] bytes(String format, Path folder) throws Exception {
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    Path file = folder.resolve("made." + format);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT)) {
      recorder.setFormat(format);
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(PER_SECOND);
      recorder.setGopSize(5);
      recorder.setOption("movflags", "+faststart");
      recorder.start();
      Random random = new Random(1);
      for (int i = 0; i < FRAMES; i++) {
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        random.nextBytes(rgb);
        for (int k = 0; k < rgb.length; k++) {
          rgb[k] = (byte) ((rgb[k] & 31) + i * 7);
        }
        ByteBuffer samples = ByteBuffer.allocateDirect(rgb.length).put(rgb).flip();
        boolean unused =
            recorder.recordImage(
                WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3, WIDTH * 3, avutil.AV_PIX_FMT_RGB24, samples);
      }
    }
    return Files.readAllBytes(file);
  }
}
