package dev.moonflow.jobs.chaos;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.engine.ContinuousBatchingEngine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** What the bare engine writes for each event of a run, without Kafka and without Flink. */
final class Reference {
  private static final int AT_ONCE = 64;

  private final String fingerprint;
  private final Map<Integer, Written> written;

  private Reference(String fingerprint, Map<Integer, Written> written) {
    this.fingerprint = fingerprint;
    this.written = written;
  }

  /**
   * An answer.
   *
   * @param text visible; null when reasoning was cut off before there was one
   * @param thinking or null
   */
  record Written(Progress progress, String text, String thinking) {}

  /**
   * Generates for every event that is not damaged.
   *
   * @param done hears how many events are done
   */
  static Reference of(
      Path checkpoint, DeviceChoice device, ChaosEvents events, int count, IntConsumer done)
      throws Exception {
    Map<Integer, Written> written = new HashMap<>();
    try (Kernels kernels = Kernels.open(device)) {
      KimiVl model = KimiVl.load(checkpoint, kernels);
      try (ContinuousBatchingEngine engine = model.newEngine(EngineLimits.defaults())) {
        int next = 0;
        int running = 0;
        while (next < count || running > 0) {
          for (; next < count && running < AT_ONCE; next++) {
            ChaosEvent event = events.event(next);
            if (event.damage() == Damage.NONE) {
              engine.submit(engine.prepare(request(event)));
              running++;
            }
          }
          for (Progress progress : engine.step().finished()) {
            if (progress.error() != null) {
              throw new IllegalStateException(progress.id() + " failed: " + progress.error());
            }
            engine.release(progress.id());
            running--;
            written.put(Integer.valueOf(progress.id()), read(model, progress));
          }
          done.accept(next - running);
        }
      }
      return new Reference(model.fingerprint(), written);
    }
  }

  private static GenerationRequest request(ChaosEvent event) throws Exception {
    List<ContentPart> parts = new ArrayList<>();
    if (event.ask().png() != null) {
      DecodedImage image = ImageReader.decode(event.ask().png(), MediaLimits.DEFAULT);
      parts.add(new ContentPart.Image(new RgbImage(image.width(), image.height(), image.rgb())));
    }
    parts.add(new ContentPart.Text(event.ask().prompt()));
    return new GenerationRequest(
        Integer.toString(event.index()),
        List.of(new Message("user", parts)),
        event.ask().sampling(),
        event.ask().maxNewTokens(),
        new int[0]);
  }

  private static Written read(KimiVl model, Progress progress) {
    Answer answer = model.answer(progress.tokens());
    return new Written(
        progress,
        answer.reasoningOpen() ? null : answer.text(),
        answer.reasoning().isEmpty() ? null : answer.reasoning());
  }

  /** Hash of the checkpoint. */
  String fingerprint() {
    return fingerprint;
  }

  /** What was written for an event that is not damaged. */
  Written written(int index) {
    return written.get(index);
  }
}
