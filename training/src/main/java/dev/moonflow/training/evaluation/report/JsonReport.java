package dev.moonflow.training.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.task.PublishedFigures;
import dev.moonflow.training.evaluation.task.TaskDefinition;

/** The report for programs. Scores are shares, not percent; an error rate may exceed 1. */
public final class JsonReport {
  private static final String FORMAT = "moonflow-evaluation-1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  /** The whole text. */
  public static String write(EvaluationReport report) {
    PublishedFigures published = PublishedFigures.read();
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("model", report.model());
    ObjectNode settings = root.putObject("settings");
    settings.put("seed", report.settings().seed());
    settings.put("contextTokens", report.settings().contextTokens());
    if (report.settings().items() != Integer.MAX_VALUE) {
      settings.put("itemsMax", report.settings().items());
    }
    root.put("note", EvaluationReport.SYNTHETIC_NOTE);
    ArrayNode tasks = root.putArray("tasks");
    report.results().forEach(result -> task(tasks.addObject(), result, published));
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    try {
      return JSON.writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of nodes can be written", e);
    }
  }

  private static void task(ObjectNode node, TaskResult result, PublishedFigures published) {
    TaskDefinition task = result.task();
    node.put("task", task.name());
    node.put("title", task.title());
    node.put("area", task.area().key());
    node.put("metric", task.metric());
    node.put("lessIsBetter", task.judge().isErrorRate());
    node.put("synthetic", task.isSynthetic());
    node.put("answers", "answers/" + task.name() + ".jsonl");
    score(node, result.score());
    node.put("cutOff", result.cutOff());
    node.put("meanTokens", result.meanTokens());
    ObjectNode settings = node.putObject("settings");
    settings.set("prompt", JSON.valueToTree(task.prompt()));
    settings.set("generation", JSON.valueToTree(task.generation()));
    settings.set("media", JSON.valueToTree(task.media()));
    ObjectNode buckets = node.putObject("buckets");
    result
        .buckets()
        .forEach(
            (group, scores) -> {
              ObjectNode values = buckets.putObject(group);
              scores.forEach((value, score) -> score(values.putObject(value), score));
            });
    ArrayNode figures = node.putArray("published");
    published.of(task.published()).forEach(figure -> figures.add(JSON.valueToTree(figure)));
    ArrayNode errors = node.putArray("errorList");
    for (Answered error : result.errors()) {
      errors.addObject().put("id", error.id()).put("error", error.error());
    }
    ArrayNode notes = node.putArray("notes");
    if (!task.note().isEmpty()) {
      notes.add(task.note());
    }
    result.notes().forEach(notes::add);
  }

  private static void score(ObjectNode node, Score score) {
    node.put("items", score.items());
    node.put("errors", score.errors());
    node.put("score", score.value());
    node.put("low", score.interval().low());
    node.put("high", score.interval().high());
    node.put("interval", score.method());
  }
}
