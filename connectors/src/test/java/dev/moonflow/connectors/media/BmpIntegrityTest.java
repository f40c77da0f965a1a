package dev.moonflow.connectors.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A BMP that wraps another file is neither read in part nor a way to take memory. */
class BmpIntegrityTest {
  private static final MediaLimits SMALL = new MediaLimits(1 << 20, 10_000, 1_000, 1);

  private static byte[] written(String format, int width, int height) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), format, bytes);
    return bytes.toByteArray();
  }

  /** The header of a small BMP in front of a file, which it says has so many bytes. */
  private static byte[] wrapping(byte[] inner, int compression, int claimed) throws Exception {
    byte[] header = Arrays.copyOf(written("bmp", 8, 8), 54);
    byte[] file = Arrays.copyOf(header, header.length + inner.length);
    System.arraycopy(inner, 0, file, header.length, inner.length);
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(2, file.length)
        .putInt(30, compression)
        .putInt(34, claimed);
    return file;
  }

  @Test
  void whatABmpWrapsIsNotPassedOffAsTheImage() throws Exception {
    byte[] large = written("png", 900, 900);
    for (int compression : new int[] {4, 5}) {
      byte[] file = wrapping(large, compression, large.length);
      MediaRejectedException e =
          catchThrowableOfType(MediaRejectedException.class, () -> ImageReader.decode(file, SMALL));
      assertThat(e).as("compression " + compression).isNotNull();
      assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED);
      assertThat(e).hasMessageContaining("the BMP wraps a ");
    }
  }

  @Test
  void aSizeThatABmpAnnouncesIsNotBelieved() throws Exception {
    byte[] file = wrapping(new byte[100], 5, 1 << 28);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    assertThat(
            catchThrowableOfType(
                MediaRejectedException.class, () -> ImageReader.decode(file, SMALL)))
        .isNotNull();
    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(allocated).isLessThan(64 << 20);
  }

  @Test
  void anOrdinaryBmpIsRead() throws Exception {
    assertThat(ImageReader.decode(written("bmp", 8, 8), SMALL).width()).isEqualTo(8);
  }
}
