package dev.moonflow.connectors.media;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The ImageIO plugin of each image type, chosen by us.
 *
 * <p>ImageIO's own choice depends on which plugins a class path scan found, and on whose class
 * loader scanned first: in a Flink cluster, where each job has its own, that is not the same twice.
 * So the plugins are named here and made without the registry; only those of the JDK come from it.
 */
final class ImageCodecs {
  private static final Map<MediaType, ImageReaderSpi> READERS = readers();
  private static final ImageWriterSpi PNG_WRITER =
      ofJdk(ImageWriterSpi.class, "com.sun.imageio.plugins.png.PNGImageWriterSpi");

  static {
    // Streams over bytes in memory need no cache files on disk; PDFBox asks ImageIO for streams.
    ImageIO.setUseCache(false);
  }

  private ImageCodecs() {}

  private static Map<MediaType, ImageReaderSpi> readers() {
    Map<MediaType, ImageReaderSpi> readers = new EnumMap<>(MediaType.class);
    JPEGImageReaderSpi jpeg = new JPEGImageReaderSpi();
    // It builds on the JDK's JPEG reader and looks for it when it is registered.
    jpeg.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
    readers.put(MediaType.JPEG, jpeg);
    readers.put(MediaType.TIFF, new TIFFImageReaderSpi());
    readers.put(MediaType.WEBP, new WebPImageReaderSpi());
    readers.put(
        MediaType.PNG,
        ofJdk(ImageReaderSpi.class, "com.sun.imageio.plugins.png.PNGImageReaderSpi"));
    readers.put(
        MediaType.GIF,
        ofJdk(ImageReaderSpi.class, "com.sun.imageio.plugins.gif.GIFImageReaderSpi"));
    readers.put(
        MediaType.BMP,
        ofJdk(ImageReaderSpi.class, "com.sun.imageio.plugins.bmp.BMPImageReaderSpi"));
    return readers;
  }

  private static <T> T ofJdk(Class<T> kind, String className) {
    Iterator<T> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
    while (providers.hasNext()) {
      T provider = providers.next();
      if (provider.getClass().getName().equals(className)) {
        return provider;
      }
    }
    throw new IllegalStateException("this Java has no " + className);
  }

  /** A new reader; not thread-safe, to be disposed of. */
  static ImageReader reader(MediaType type) throws IOException {
    return READERS.get(type).createReaderInstance();
  }

  /** A new writer of PNG; not thread-safe, to be disposed of. */
  static ImageWriter pngWriter() throws IOException {
    return PNG_WRITER.createWriterInstance();
  }
}
