package dev.moonflow.jobs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.SettingsException;
import dev.moonflow.model.chat.ChatTemplate;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.constraint.ConstraintCompiler;
import dev.moonflow.model.constraint.ConstraintException;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What people write: prompts, constraints, settings. */
final class TextTargets {
  /** Automata have limits of their own, which a small pattern can come near. */
  private static final FuzzTarget.Allocation CONSTRAINT =
      new FuzzTarget.Allocation(768L << 20, 2_000);

  private static final FuzzTarget.Allocation TEXT = new FuzzTarget.Allocation(16L << 20, 2_000);

  private TextTargets() {}

  static void addTo(Map<String, FuzzTargets.Maker> makers, Path folder) {
    makers.put("chat", () -> chat(folder));
    makers.put(
        "regex",
        () ->
            constraint(
                folder,
                "regex",
                Constraint.Regex::new,
                FuzzTargets.words(
                    "(yes|no) [0-9]{1,3}", "[^a-z\\d]*?x+", "é+(?:a|b){2,5}", "^\\w+\\s.$"),
                FuzzTargets.words(
                    "{1000}",
                    "{1,1000}",
                    "{2,}",
                    "*",
                    "+",
                    "?",
                    "|",
                    "[^",
                    "\\p{Lu}",
                    "(?:",
                    "\\x41",
                    "\\u00e9",
                    "[\\w-]",
                    ".{100}")));
    makers.put(
        "number",
        () ->
            constraint(
                folder,
                "number",
                Constraint.Numeric::new,
                FuzzTargets.words("integer", "integer -5..100", "decimal 0.05..1.5", "decimal"),
                FuzzTargets.words(
                    "integer", "decimal", "..", "-", "1e9", "0.0000001", "9".repeat(50))));
    makers.put(
        "json-schema",
        () ->
            constraint(
                folder,
                "json-schema",
                Constraint.JsonSchema::new,
                FuzzTargets.words(
                    "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},"
                        + "\"b\":{\"enum\":[\"x\",1,null]}},\"required\":[\"a\"],"
                        + "\"additionalProperties\":false}",
                    "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":4},"
                        + "\"maxItems\":3}"),
                FuzzTargets.words(
                    "\"type\":",
                    "\"$ref\":\"#\"",
                    "\"anyOf\":[",
                    "\"pattern\":\"a*\"",
                    "\"minItems\":1000000",
                    "\"maxLength\":1000000",
                    "\"const\":",
                    "\"enum\":[]",
                    "\"minimum\":-1e300",
                    "\"$defs\":{\"a\":{\"$ref\":\"#/$defs/a\"}}")));
    makers.put("settings", () -> settings(folder));
  }

  private static Tokenizer tokenizer(Path folder) throws Exception {
    return Tokenizer.load(CheckpointTargets.checkpoint(folder, "text"));
  }

  private static FuzzTarget constraint(
      Path folder,
      String name,
      Function<String, Constraint> constraint,
      List<byte[]> seeds,
      List<byte[]> words)
      throws Exception {
    Tokenizer tokenizer = tokenizer(folder);
    int[] stops = {tokenizer.requiredSpecial("<|im_end|>")};
    return new FuzzTarget(
        name,
        seeds,
        words,
        true,
        UnaryOperator.identity(),
        Set.of(ConstraintException.class),
        CONSTRAINT,
        bytes ->
            new ConstraintCompiler(tokenizer, tokenizer.vocabSize(), stops)
                .compile(constraint.apply(new String(bytes, UTF_8))));
  }

  private static FuzzTarget chat(Path folder) throws Exception {
    Tokenizer tokenizer = tokenizer(folder);
    ChatTemplate template = new ChatTemplate(tokenizer, tokenizer.requiredSpecial("<|media_pad|>"));
    return new FuzzTarget(
        "chat",
        FuzzTargets.words("What is this?", "\u00e9\ud83d\ude00 \t\n 12345  \u4e2d\u6587 don't"),
        FuzzTargets.words(
            "<|im_end|>", "<|media_pad|>", "<|im_user|>", "\u0301", "\u200d", "   ", "\n\n", "A'S"),
        true,
        UnaryOperator.identity(),
        Set.of(),
        TEXT,
        bytes -> {
          String text = new String(bytes, UTF_8);
          if (!tokenizer.decode(tokenizer.encode(text)).equals(text)) {
            throw new IllegalStateException("the text is not what its tokens decode to");
          }
          List<Message> messages =
              List.of(new Message("user", List.of(new ContentPart.Text(text))));
          int[] ids = template.encode(messages, true, new int[0]);
          for (String name : List.of("<|im_user|>", "<|media_pad|>")) {
            int id = tokenizer.requiredSpecial(name);
            long times = java.util.Arrays.stream(ids).filter(each -> each == id).count();
            if (times != (name.equals("<|im_user|>") ? 1 : 0)) {
              throw new IllegalStateException("text has become the control token " + name);
            }
          }
        });
  }

  private static FuzzTarget settings(Path folder) {
    Path file = folder.resolve("moonflow.yaml");
    return new FuzzTarget(
        "settings",
        FuzzTargets.words(
            "moonflow:\n  kafka.bootstrap-servers: a:1\n  registry:\n    url: http://r\n"
                + "  model.path: /m\n  limit.image-pixels: 1000\n  video.window: 10s\n"
                + "  question.choices: [yes, no]\nrestart-strategy.type: none\n"),
        FuzzTargets.words(
            "&a ",
            "*a",
            "<<: *a",
            "!!java.net.URL ",
            "? ",
            "- ",
            "|\n",
            ">\n",
            "%YAML 9.9\n",
            "---\n",
            "...\n",
            "\t",
            "moonflow.limit.payload-bytes: 99999999999gb\n",
            "moonflow.no-such: 1\n",
            "  checkpoint.interval: -5s\n",
            "  question.regex: '('\n",
            "  question.regex: '(((a'\n"),
        true,
        UnaryOperator.identity(),
        Set.of(SettingsException.class),
        CONSTRAINT,
        bytes -> {
          Files.write(file, bytes);
          Settings.load(file, List.of()).check();
        });
  }
}
