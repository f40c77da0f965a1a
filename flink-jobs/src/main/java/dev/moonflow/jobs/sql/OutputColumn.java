package dev.moonflow.jobs.sql;

import dev.moonflow.jobs.perceive.Answered;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** A column that the OUTPUT of a model may declare, by its name. */
enum OutputColumn {
  /** The visible answer. */
  TEXT(LogicalTypeRoot.VARCHAR),
  /** Why there is none. */
  ERROR(LogicalTypeRoot.VARCHAR),
  /** What the model thought before its answer, where it thinks. */
  THINKING(LogicalTypeRoot.VARCHAR),
  /** {@code stop}, or {@code length} when the answer was cut off. */
  FINISH_REASON(LogicalTypeRoot.VARCHAR),
  /** Tokens generated. */
  TOKENS(LogicalTypeRoot.INTEGER),
  /** Tokens of the prompt, those of the image included. */
  PROMPT_TOKENS(LogicalTypeRoot.INTEGER),
  /** Fingerprint of the model. */
  MODEL(LogicalTypeRoot.VARCHAR);

  private final LogicalTypeRoot type;

  OutputColumn(LogicalTypeRoot type) {
    this.type = type;
  }

  /** The column as SQL names it. */
  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  LogicalTypeRoot type() {
    return type;
  }

  /** The type as SQL writes it. */
  String sqlType() {
    return type == LogicalTypeRoot.INTEGER ? "INT" : "STRING";
  }

  static Optional<OutputColumn> of(String name) {
    return Arrays.stream(values()).filter(column -> column.sqlName().equals(name)).findFirst();
  }

  /** All of them, for messages. */
  static String all() {
    return Arrays.stream(values())
        .map(column -> column.sqlName() + " " + column.sqlType())
        .collect(Collectors.joining(", "));
  }

  /** The value for a row that was answered. */
  Object of(Answered answer, String fingerprint) {
    return switch (this) {
      case TEXT -> StringData.fromString(answer.text());
      case ERROR -> null;
      case THINKING -> StringData.fromString(answer.thinking());
      case FINISH_REASON -> StringData.fromString(answer.reason().name().toLowerCase(Locale.ROOT));
      case TOKENS -> answer.tokens();
      case PROMPT_TOKENS -> answer.promptTokens();
      case MODEL -> StringData.fromString(fingerprint);
    };
  }
}
