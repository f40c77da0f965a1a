package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.engine.ContinuousBatchingEngine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.model.engine.StepReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whole answers through the engine: the greedy ids of every case, one case at a time, all in one
 * batch, in small steps, and from the conversation instead of the ids.
 */
final class GreedySection implements Section {
  private static final String CASES = "e2e/cases.json";
  private static final String CHAT = "tokenizer/chat.json";
  private static final SamplingParameters GREEDY = new SamplingParameters(0f, 1f, 0L, true);

  /** One case, ready to be submitted to an engine any number of times. */
  private record Case(String name, int[] input, List<RgbImage> images, int[] greedy) {}

  @Override
  public String name() {
    return "greedy";
  }

  @Override
  public void run(GoldenFolder golden, Kernels kernels, Report report)
      throws IOException, RequestRejectedException {
    if (!golden.hasAll(report, CASES, "checkpoint/config.json")) {
      return;
    }
    KimiVl model = KimiVl.load(golden.checkpoint(), kernels);
    List<Case> cases = new ArrayList<>();
    for (JsonNode item : golden.json(CASES)) {
      String name = item.path("case").asText();
      int[] input = golden.tensors("e2e/" + name + ".safetensors").ints("input_ids");
      int[] greedy = TokenizerSection.ints(item.path("greedy_ids"));
      cases.add(new Case(name, input, GoldenChat.images(golden, item), greedy));
    }
    for (Case item : cases) {
      report.table(item.name(), 1, run(model, EngineLimits.defaults(), List.of(item)));
    }
    report.table("all in one batch", cases.size(), run(model, EngineLimits.defaults(), cases));
    EngineLimits small = new EngineLimits(5, 64, 23, 32_768, 65_536, 32_768);
    report.table("all in small steps", cases.size(), run(model, small, cases));
    if (golden.hasAll(report, CHAT)) {
      fromConversations(golden, model, cases, report);
    }
  }

  private static List<String> run(KimiVl model, EngineLimits limits, List<Case> cases)
      throws RequestRejectedException {
    try (ContinuousBatchingEngine engine = model.newEngine(limits)) {
      for (Case item : cases) {
        engine.submit(
            engine.prepareIds(
                item.name(),
                item.input(),
                item.images(),
                GREEDY,
                item.greedy().length,
                new int[0]));
      }
      return finish(engine, cases);
    }
  }

  private static void fromConversations(
      GoldenFolder golden, KimiVl model, List<Case> cases, Report report)
      throws IOException, RequestRejectedException {
    List<Case> submitted = new ArrayList<>();
    try (ContinuousBatchingEngine engine = model.newEngine(EngineLimits.defaults())) {
      for (JsonNode item : golden.json(CHAT)) {
        String name = item.path("case").asText();
        for (Case expected : cases) {
          if (expected.name().equals(name) && item.path("add_generation_prompt").asBoolean()) {
            GoldenChat chat = GoldenChat.read(golden, item);
            engine.submit(
                engine.prepare(
                    new GenerationRequest(
                        name, chat.messages(), GREEDY, expected.greedy().length, new int[0])));
            submitted.add(expected);
          }
        }
      }
      if (submitted.isEmpty()) {
        report.skipped("from conversations", "no case of " + CASES + " is a conversation");
      } else {
        report.table("from conversations", submitted.size(), finish(engine, submitted));
      }
    }
  }

  /** Steps until nothing is left; the cases whose ids differ. */
  private static List<String> finish(ContinuousBatchingEngine engine, List<Case> cases) {
    StepReport step;
    do {
      step = engine.step();
    } while (step.running() + step.waiting() > 0);
    List<String> mismatches = new ArrayList<>();
    for (Case item : cases) {
      Progress progress = engine.progress(item.name()).orElseThrow();
      if (progress.finishReason() != FinishReason.LENGTH) {
        mismatches.add(
            item.name() + " ended as " + progress.finishReason() + ": " + progress.error());
      } else if (!Arrays.equals(progress.tokens(), item.greedy())) {
        mismatches.add(
            "%s: got %s, expected %s"
                .formatted(
                    item.name(),
                    Arrays.toString(progress.tokens()),
                    Arrays.toString(item.greedy())));
      }
    }
    return mismatches;
  }
}
