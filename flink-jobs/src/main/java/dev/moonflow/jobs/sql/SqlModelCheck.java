package dev.moonflow.jobs.sql;

import dev.moonflow.connectors.naming.NearestName;
import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.SettingsException;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.constraint.ConstraintException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Reads a model of a catalog, and says in one sentence what of it cannot work. */
final class SqlModelCheck {
  /** What Flink itself puts among the options. */
  private static final List<String> OF_FLINK = List.of("provider", "property-version");

  private final String name;

  private SqlModelCheck(String name) {
    this.name = name;
  }

  /**
   * A model's options and columns.
   *
   * @param name for messages
   * @throws ValidationException naming the first option or column that cannot work
   */
  static SqlModel read(String name, ResolvedCatalogModel model) {
    return new SqlModelCheck(name).read(model);
  }

  private SqlModel read(ResolvedCatalogModel model) {
    Settings settings = settings(model.getOptions());
    int image = -1;
    int prompt = -1;
    List<Column> inputs = model.getResolvedInputSchema().getColumns();
    for (int i = 0; i < inputs.size(); i++) {
      switch (inputs.get(i).getName()) {
        case "image" -> image = bytes(inputs.get(i), i);
        case "prompt" -> prompt = text(inputs.get(i), i);
        default ->
            throw wrong(
                "declares the input column %s; it takes image BYTES and prompt STRING, or one of them",
                inputs.get(i).getName());
      }
    }
    if (image < 0 && prompt < 0) {
      throw wrong(
          "declares no input column; it takes image BYTES and prompt STRING, or one of them");
    }
    SqlModel read =
        new SqlModel(
            name, settings, image, prompt, outputs(model.getResolvedOutputSchema().getColumns()));
    checkTogether(read);
    return read;
  }

  private Settings settings(Map<String, String> options) {
    Map<String, String> values = new TreeMap<>();
    options.forEach(
        (key, value) -> {
          ConfigOption<?> option = SqlOptions.BY_NAME.get(key);
          if (option != null) {
            values.put(option.key(), value);
          } else if (!OF_FLINK.contains(key)) {
            throw wrong(
                "has no option '%s'; did you mean '%s'?",
                key, NearestName.to(key, SqlOptions.BY_NAME.keySet()));
          }
        });
    Settings settings = Settings.of(values);
    SqlOptions.BY_NAME.forEach((key, option) -> checkValue(settings, key, option));
    if (!settings.has(ModelOptions.PATH)) {
      throw wrong("needs the option 'path', the folder of a checkpoint on every TaskManager");
    }
    if (settings.get(ModelOptions.CONTEXT_TOKENS) > settings.get(ModelOptions.CACHE_TOKENS)) {
      throw wrong(
          "cannot use the option 'engine.context-tokens': it must not be above engine.cache-tokens (%s), got %s",
          settings.get(ModelOptions.CACHE_TOKENS), settings.get(ModelOptions.CONTEXT_TOKENS));
    }
    return settings;
  }

  private void checkValue(Settings settings, String key, ConfigOption<?> option) {
    String problem;
    try {
      problem = settings.problem(option).orElse(null);
    } catch (SettingsException e) {
      problem = "it cannot be read from \"" + settings.asMap().get(option.key()) + "\"";
    }
    if (problem != null) {
      throw wrong("cannot use the option '%s': %s", key, problem);
    }
  }

  private int bytes(Column column, int index) {
    LogicalTypeRoot type = column.getDataType().getLogicalType().getTypeRoot();
    if (type != LogicalTypeRoot.VARBINARY && type != LogicalTypeRoot.BINARY) {
      throw wrong("declares the input column image as %s; it must be BYTES", column.getDataType());
    }
    return index;
  }

  private int text(Column column, int index) {
    LogicalTypeRoot type = column.getDataType().getLogicalType().getTypeRoot();
    if (type != LogicalTypeRoot.VARCHAR && type != LogicalTypeRoot.CHAR) {
      throw wrong(
          "declares the input column prompt as %s; it must be STRING", column.getDataType());
    }
    return index;
  }

  private List<OutputColumn> outputs(List<Column> columns) {
    List<OutputColumn> outputs = new ArrayList<>();
    for (Column column : columns) {
      OutputColumn output =
          OutputColumn.of(column.getName())
              .orElseThrow(
                  () ->
                      wrong(
                          "declares the output column %s; it has %s",
                          column.getName(), OutputColumn.all()));
      LogicalType type = column.getDataType().getLogicalType();
      if (type.getTypeRoot() != output.type()) {
        throw wrong(
            "declares the output column %s as %s; it must be %s",
            output.sqlName(), column.getDataType(), output.sqlType());
      }
      if (!type.isNullable()) {
        throw wrong(
            "declares the output column %s as NOT NULL; a row that gets no answer has none",
            output.sqlName());
      }
      outputs.add(output);
    }
    if (!outputs.contains(OutputColumn.TEXT)) {
      throw wrong("declares no output column text STRING");
    }
    return List.copyOf(outputs);
  }

  private void checkTogether(SqlModel model) {
    if (!model.failsOnError() && !model.output().contains(OutputColumn.ERROR)) {
      throw wrong(
          "cannot use the option 'on-error': it is null, and the OUTPUT declares no column error STRING to say why");
    }
    try {
      Constraint constraint = model.constraint();
      if (constraint != null) {
        constraint.compile();
      }
    } catch (ConstraintException | IllegalArgumentException e) {
      throw wrong(
          "cannot use the options 'choices', 'regex', 'number' and 'json-schema': %s",
          e.getMessage().replaceFirst("\\.$", ""));
    }
  }

  private ValidationException wrong(String what, Object... values) {
    String sentence = "Model " + name + " " + what.formatted(values);
    return new ValidationException(sentence.endsWith("?") ? sentence : sentence + ".");
  }
}
