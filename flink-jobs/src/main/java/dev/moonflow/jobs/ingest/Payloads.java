package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.claimcheck.PayloadReader;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.ImageHeader;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.schemas.Payload;

/** Fetches payloads and checks images by their headers, without decoding a pixel. */
public final class Payloads {
  private final PayloadReader reader;
  private final Outage outage;
  private final MediaLimits limits;

  /** A reader under these settings. */
  public Payloads(IngestSettings settings) {
    reader = new PayloadReader(settings.payloads());
    outage = new Outage(settings.retry());
    limits = settings.media();
  }

  /** The payload's bytes, fetched and verified. */
  byte[] bytes(Payload payload) throws StageException, InterruptedException {
    try {
      return outage.outlast(() -> reader.read(payload));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new StageException(Stage.FETCH_PAYLOAD, e);
    }
  }

  /** An image file whose header is within the limits; inline bytes are not copied. */
  EncodedImage image(Payload payload, RawRecord source)
      throws StageException, InterruptedException {
    return checked(bytes(payload), source);
  }

  /** The bytes of an object that a record names by its URI, under the policy of claim checks. */
  public byte[] object(String uri) throws StageException, InterruptedException {
    try {
      return outage.outlast(() -> reader.readObject(uri));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new StageException(Stage.FETCH_PAYLOAD, e);
    }
  }

  /** An image file, its size and header checked. */
  public EncodedImage checked(byte[] bytes, RawRecord source) throws StageException {
    if (bytes.length > limits.bytesMax()) {
      throw new StageException(
          Stage.FETCH_PAYLOAD,
          new FieldRejectedException(
              "image", "has " + bytes.length + " bytes; " + limits.bytesMax() + " are allowed"));
    }
    try {
      ImageHeader header = ImageReader.header(bytes);
      long pixels = (long) header.width() * header.height();
      if (pixels > limits.pixelsMax()) {
        throw new FieldRejectedException(
            "image", size(header) + "limit.image-pixels allows " + limits.pixelsMax() + " pixels");
      }
      if (Math.max(header.width(), header.height()) > limits.sideMax()) {
        throw new FieldRejectedException(
            "image",
            size(header) + "limit.image-side-pixels allows " + limits.sideMax() + " a side");
      }
    } catch (Exception e) {
      throw new StageException(Stage.CHECK_MEDIA, e);
    }
    return EncodedImage.within(source.value(), bytes);
  }

  private static String size(ImageHeader header) {
    return "claims " + header.width() + " x " + header.height() + " pixels; moonflow.";
  }
}
