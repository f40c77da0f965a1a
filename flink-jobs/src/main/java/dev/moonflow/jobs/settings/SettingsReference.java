package dev.moonflow.jobs.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;

/** Writes the reference page {@code docs/settings.md} from the options themselves. */
public final class SettingsReference {
  private SettingsReference() {}

  /** The page as Markdown. */
  public static String page() {
    StringBuilder page = new StringBuilder();
    page.append("# Settings\n\n")
        .append("Made from the code by `SettingsReference`; a test keeps it up to date.\n\n")
        .append("One YAML file, nested or with dotted keys, overridden by `--set key=value`.\n")
        .append("Sizes take units (`64mb`), durations too (`10s`, `15min`). Keys outside\n")
        .append("`moonflow.` are Flink's own and are passed on to it.\n");
    OptionCatalog.BY_GROUP.forEach(
        (title, options) -> {
          page.append("\n## ").append(title).append("\n\n");
          page.append("| setting | default | range | meaning |\n|---|---|---|---|\n");
          options.forEach(option -> page.append(row(option)));
        });
    return page.toString();
  }

  /** Writes the page to the given file. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), page());
  }

  private static String row(ConfigOption<?> option) {
    return row(OptionCatalog.isMap(option) ? option.key() + ".*" : option.key(), option);
  }

  /** One row of a table of options: name, default, range, meaning. */
  public static String row(String key, ConfigOption<?> option) {
    String range = Ranges.of(option).map(Ranges.Range::toString).orElse("");
    String meaning = new HtmlFormatter().format(option.description()).replace("|", "\\|");
    return "| `%s` | %s | %s | %s |\n".formatted(key, value(option), range, meaning);
  }

  private static String value(ConfigOption<?> option) {
    Object value = option.defaultValue();
    if (value == null || value instanceof Map || value instanceof List) {
      return "none";
    }
    if (value instanceof Duration duration) {
      return "`" + duration(duration) + "`";
    }
    if (value instanceof MemorySize size) {
      return "`" + size + "`";
    }
    if (value instanceof Enum<?> constant) {
      return "`" + constant.name().toLowerCase(Locale.ROOT) + "`";
    }
    // A row of a table is one line.
    return "`" + String.valueOf(value).replace("\n", "\\n") + "`";
  }

  private static String duration(Duration duration) {
    if (duration.toMillis() % 1000 != 0) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "min" : seconds + "s";
  }
}
