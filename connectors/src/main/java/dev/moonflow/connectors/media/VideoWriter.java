package dev.moonflow.connectors.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/** A writer of short MPEG-4 videos, for samples and tests. Not thread-safe; close it. */
public final class VideoWriter implements AutoCloseable {
  private static final int CHANNELS = 3;

  /** Quantiser: from 1, the best, to 31. */
  private static final double QUALITY = 3;

  private final FFmpegFrameRecorder recorder;
  private final Path file;
  private final int width;
  private final int height;

  private VideoWriter(FFmpegFrameRecorder recorder, Path file, int width, int height) {
    this.recorder = recorder;
    this.file = file;
    this.width = width;
    this.height = height;
  }

  /** Begins a video of frames of one size; width and height must be even. */
  public static VideoWriter open(Path file, int width, int height, int framesPerSecond)
      throws IOException {
    if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0 || framesPerSecond < 1) {
      throw new IllegalArgumentException(
          "a video needs even sides and at least 1 frame a second: "
              + width
              + " x "
              + height
              + " at "
              + framesPerSecond);
    }
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), width, height);
    recorder.setFormat("mp4");
    recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
    recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
    recorder.setFrameRate(framesPerSecond);
    recorder.setVideoQuality(QUALITY);
    try {
      recorder.start();
    } catch (FrameRecorder.Exception e) {
      throw failed(file, e);
    }
    return new VideoWriter(recorder, file, width, height);
  }

  /** Adds the next frame. */
  public void write(DecodedImage frame) throws IOException {
    if (frame.width() != width || frame.height() != height) {
      throw new IllegalArgumentException(
          "a frame of "
              + frame.width()
              + " x "
              + frame.height()
              + " in a video of "
              + width
              + " x "
              + height);
    }
    ByteBuffer samples = ByteBuffer.allocateDirect(frame.rgb().length).put(frame.rgb()).flip();
    try {
      boolean unused =
          recorder.recordImage(
              width,
              height,
              Frame.DEPTH_UBYTE,
              CHANNELS,
              width * CHANNELS,
              avutil.AV_PIX_FMT_RGB24,
              samples);
    } catch (FrameRecorder.Exception e) {
      throw failed(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      recorder.close();
    } catch (FrameRecorder.Exception e) {
      throw failed(file, e);
    }
  }

  private static IOException failed(Path file, Exception cause) {
    return new IOException("could not write " + file + ": " + cause.getMessage(), cause);
  }
}
