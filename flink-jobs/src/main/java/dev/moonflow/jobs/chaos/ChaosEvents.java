package dev.moonflow.jobs.chaos;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.jobs.chaos.ChaosEvent.Ask;
import dev.moonflow.jobs.ingest.EventSeed;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.schemas.ClaimCheck;
import dev.moonflow.schemas.ContentPart;
import dev.moonflow.schemas.GenerationOptions;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.Message;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.QuestionEvent;
import dev.moonflow.schemas.Topics;
import dev.moonflow.schemas.VideoFrameEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Mixed events, each a function of the seed and its index: images to read and to describe, video
 * frames, questions with and without an image, greedy and sampled, and among twenty one that is
 * damaged.
 */
final class ChaosEvents {
  private static final int SOURCES = 24;
  private static final int DAMAGED_OF = 20;
  private static final int TOKENS_MIN = 2;
  private static final int TOKENS_MORE = 14;
  private static final int SIDE_MIN = 28;
  private static final int SIDE_MORE = 40;
  private static final long BEGIN_MILLIS = 1_700_000_000_000L;

  private final long seed;

  ChaosEvents(long seed) {
    this.seed = seed;
  }

  /** The event of an index. */
  ChaosEvent event(int index) {
    Random random = new Random(seed * 1_000_003 + index);
    random.nextInt(); // the first of near seeds are alike
    int kind = random.nextInt(10);
    Topics topic = kind < 4 ? Topics.IMAGES : kind < 6 ? Topics.FRAMES : Topics.QUESTIONS;
    boolean seen = topic != Topics.QUESTIONS || random.nextInt(4) == 0;
    Damage damage = damage(random, seen);
    byte[] png = seen ? damage.ofImage(picture(random)) : null;
    String id = "chaos-" + seed + "-" + index;
    GenerationOptions options = options(random, damage);
    long drawn = options.getSeed() == null ? EventSeed.of(id) : options.getSeed();
    SamplingParameters sampling =
        new SamplingParameters(
            options.getTemperature(), options.getTopP(), drawn, options.getIgnoreStopTokens());
    Ask ask =
        new Ask(png, "Item " + random.nextInt(1_000) + "?", sampling, options.getMaxNewTokens());
    String key = "source-" + random.nextInt(SOURCES);
    Instant time = Instant.ofEpochMilli(BEGIN_MILLIS + 40L * index);
    Map<String, String> attributes = Map.of("index", Integer.toString(index));
    return switch (topic) {
      case IMAGES -> {
        boolean ocr = random.nextBoolean();
        yield new ChaosEvent(
            index,
            topic,
            ocr ? Topics.OCR : Topics.CAPTIONS,
            key,
            id,
            ImageEvent.newBuilder()
                .setId(id)
                .setSourceId(key)
                .setEventTime(time)
                .setImage(payload(png, damage))
                .setTask(ocr ? "ocr" : "caption")
                .setPrompt(ask.prompt())
                .setOptions(options)
                .setAttributes(attributes)
                .build(),
            damage,
            ask);
      }
      case FRAMES ->
          new ChaosEvent(
              index,
              topic,
              Topics.CAPTIONS,
              key,
              id,
              VideoFrameEvent.newBuilder()
                  .setId(id)
                  .setStreamId(key)
                  .setFrameIndex(index)
                  .setEventTime(time)
                  .setFrame(payload(png, damage))
                  .setPrompt(ask.prompt())
                  .setOptions(options)
                  .setAttributes(attributes)
                  .build(),
              damage,
              ask);
      default ->
          new ChaosEvent(
              index,
              topic,
              Topics.ANSWERS,
              key,
              id,
              QuestionEvent.newBuilder()
                  .setId(id)
                  .setSourceId(key)
                  .setEventTime(time)
                  .setMessages(List.of(new Message("user", parts(ask, damage))))
                  .setOptions(options)
                  .setAttributes(attributes)
                  .build(),
              damage,
              ask);
    };
  }

  private static Damage damage(Random random, boolean seen) {
    if (random.nextInt(DAMAGED_OF) != 0) {
      return Damage.NONE;
    }
    Damage[] all = Damage.values();
    Damage damage = all[1 + random.nextInt(all.length - 1)];
    return damage.ofImage() && !seen ? Damage.GARBAGE : damage;
  }

  private static GenerationOptions options(Random random, Damage damage) {
    boolean greedy = random.nextBoolean();
    return GenerationOptions.newBuilder()
        .setMaxNewTokens(damage == Damage.BAD_FIELD ? -1 : TOKENS_MIN + random.nextInt(TOKENS_MORE))
        .setTemperature(greedy ? 0f : 0.9f)
        .setTopP(greedy ? 1f : 0.95f)
        .setSeed(random.nextBoolean() ? random.nextLong() : null)
        .setIgnoreStopTokens(random.nextInt(4) != 0)
        .build();
  }

  private static List<ContentPart> parts(Ask ask, Damage damage) {
    ContentPart text = ContentPart.newBuilder().setText(ask.prompt()).build();
    if (ask.png() == null) {
      return List.of(text);
    }
    return List.of(ContentPart.newBuilder().setImage(payload(ask.png(), damage)).build(), text);
  }

  private static Payload payload(byte[] png, Damage damage) {
    if (damage == Damage.BAD_PLACE) {
      ClaimCheck check =
          ClaimCheck.newBuilder()
              .setUri("file:///nowhere/picture.png")
              .setSizeBytes(png.length)
              .setSha256("0".repeat(64))
              .build();
      return Payload.newBuilder().setClaimCheck(check).build();
    }
    return Payload.newBuilder().setInline(ByteBuffer.wrap(png)).build();
  }

  /** A small picture of coloured noise under a gradient. */
  private static byte[] picture(Random random) {
    int width = SIDE_MIN + random.nextInt(SIDE_MORE);
    int height = SIDE_MIN + random.nextInt(SIDE_MORE);
    byte[] rgb = new byte[width * height * 3];
    random.nextBytes(rgb);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) ((rgb[i] & 0x3f) + i * 190L / rgb.length);
    }
    return PngEncoder.encode(new DecodedImage(width, height, rgb));
  }
}
