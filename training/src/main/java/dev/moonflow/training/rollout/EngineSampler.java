package dev.moonflow.training.rollout;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.engine.ContinuousBatchingEngine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.answer.AnswerSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Answers by Kimi-VL through the continuous-batching engine. What is generated for a request
 * depends on its content and seed alone, so answers do not depend on what is asked beside them. Not
 * thread-safe.
 */
public final class EngineSampler implements AnswerSampler {
  private final KimiVl model;
  private final EngineLimits limits;
  private final float temperature;
  private final float topP;
  private final int maxNewTokens;

  /**
   * A sampler on a loaded model.
   *
   * @param temperature above 0 where more than one answer is wanted
   * @param topP nucleus mass in (0, 1]
   * @param maxNewTokens tokens of an answer at most
   */
  public EngineSampler(
      KimiVl model, EngineLimits limits, float temperature, float topP, int maxNewTokens) {
    this.model = model;
    this.limits = limits;
    this.temperature = temperature;
    this.topP = topP;
    this.maxNewTokens = maxNewTokens;
  }

  /**
   * One answer.
   *
   * @param tokens its ids, the stop token included when there was one
   * @param text without control tokens, thinking markers included
   * @param promptTokens tokens of the prompt
   * @param stopped whether it ended by itself, not at the limit
   */
  public record Rollout(int[] tokens, String text, int promptTokens, boolean stopped) {}

  @Override
  public List<List<String>> answers(List<Sample> samples, int count, long seed) {
    return rollouts(samples, count, seed).stream()
        .map(each -> each.stream().map(Rollout::text).toList())
        .toList();
  }

  /**
   * The same with tokens.
   *
   * @throws SampleException if an example cannot be asked, naming it
   */
  public List<List<Rollout>> rollouts(List<Sample> samples, int count, long seed) {
    List<List<Rollout>> all = new ArrayList<>();
    try (ContinuousBatchingEngine engine = model.newEngine(limits)) {
      for (int i = 0; i < samples.size(); i++) {
        submit(engine, samples.get(i), i, count, seed);
      }
      while (true) {
        var report = engine.step();
        if (report.running() == 0 && report.waiting() == 0) {
          break;
        }
      }
      for (int i = 0; i < samples.size(); i++) {
        List<Rollout> of = new ArrayList<>();
        for (int j = 0; j < count; j++) {
          of.add(rollout(engine.progress(i + "/" + j).orElseThrow(), samples.get(i)));
        }
        all.add(of);
      }
    }
    return all;
  }

  private void submit(
      ContinuousBatchingEngine engine, Sample sample, int index, int count, long seed) {
    List<Message> messages = messages(sample);
    for (int j = 0; j < count; j++) {
      SamplingParameters sampling =
          new SamplingParameters(temperature, topP, requestSeed(seed, sample.id(), j), false);
      GenerationRequest request =
          new GenerationRequest(index + "/" + j, messages, sampling, maxNewTokens, new int[0]);
      try {
        engine.submit(engine.prepare(request));
      } catch (RequestRejectedException e) {
        throw new SampleException("example " + sample.id() + ": " + e.getMessage(), e);
      }
    }
  }

  /** From the run's seed, the example and the number of the answer. */
  private static long requestSeed(long seed, String id, int answer) {
    long hash = seed * 0x9E3779B97F4A7C15L + answer;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0xBF58476D1CE4E5B9L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  private Rollout rollout(Progress progress, Sample sample) {
    if (progress.finishReason() == FinishReason.ERROR) {
      throw new SampleException("example " + sample.id() + ": " + progress.error());
    }
    return new Rollout(
        progress.tokens(),
        model.tokenizer().visibleText(progress.tokens()),
        progress.promptTokens(),
        progress.finishReason() == FinishReason.STOP);
  }

  /** The conversation before the last turn of the assistant; consecutive parts of a role join. */
  public static List<Message> messages(Sample sample) {
    int end = sample.parts().size();
    while (end > 0 && sample.parts().get(end - 1).role() == Role.ASSISTANT) {
      end--;
    }
    List<Message> messages = new ArrayList<>();
    List<ContentPart> open = new ArrayList<>();
    for (int i = 0; i < end; i++) {
      Part part = sample.parts().get(i);
      open.add(content(part, sample.id()));
      if (i + 1 == end || sample.parts().get(i + 1).role() != part.role()) {
        Role role = part.role() == Role.NONE ? Role.USER : part.role();
        messages.add(new Message(role.name().toLowerCase(Locale.ROOT), open));
        open = new ArrayList<>();
      }
    }
    if (messages.isEmpty()) {
      throw new SampleException("example " + sample.id() + " asks nothing");
    }
    return messages;
  }

  private static ContentPart content(Part part, String id) {
    if (part instanceof Part.Text text) {
      return new ContentPart.Text(text.text());
    }
    try {
      DecodedImage image = ImageReader.decode(((Part.Image) part).encoded(), MediaLimits.DEFAULT);
      return new ContentPart.Image(new RgbImage(image.width(), image.height(), image.rgb()));
    } catch (MediaRejectedException e) {
      throw new SampleException("example " + id + ": " + e.getMessage(), e);
    }
  }
}
