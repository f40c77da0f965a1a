package dev.moonflow.jobs.ingest;

import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.SettingsException;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.constraint.ConstraintException;
import dev.moonflow.schemas.GenerationOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The constraint of an answer: from an event, from settings, and in state. */
public final class Constraints {
  private static final int NONE = 0;
  private static final int CHOICES = 1;
  private static final int REGEX = 2;
  private static final int NUMBER = 3;
  private static final int JSON_SCHEMA = 4;

  private Constraints() {}

  /** What an event asks for, or null; whether it can be met is found out by the engine. */
  static Constraint of(GenerationOptions options) throws FieldRejectedException {
    try {
      return one(
          options.getChoices(), options.getRegex(), options.getNumber(), options.getJsonSchema());
    } catch (IllegalArgumentException e) {
      throw new FieldRejectedException("options", e.getMessage());
    }
  }

  /**
   * What settings ask for, or null; compiled once to see that it can be met.
   *
   * @throws SettingsException if it cannot
   */
  public static Constraint of(
      Settings settings,
      ConfigOption<List<String>> choices,
      ConfigOption<String> regex,
      ConfigOption<String> number,
      ConfigOption<String> jsonSchema) {
    List<String> given = settings.get(choices);
    try {
      Constraint constraint =
          one(
              given.isEmpty() ? null : given,
              settings.get(regex),
              settings.get(number),
              settings.get(jsonSchema));
      if (constraint != null) {
        constraint.compile();
      }
      return constraint;
    } catch (ConstraintException | IllegalArgumentException e) {
      String all = regex.key().substring(0, regex.key().lastIndexOf('.'));
      String what = e.getMessage().replaceFirst("\\.$", "");
      throw new SettingsException("The constraint under " + all + " cannot be used: " + what + ".");
    }
  }

  /**
   * The one that is given, or null.
   *
   * @throws IllegalArgumentException if there are several
   */
  public static Constraint one(
      List<String> choices, String regex, String number, String jsonSchema) {
    List<Constraint> given = new ArrayList<>();
    if (choices != null) {
      given.add(new Constraint.Choices(choices));
    }
    if (regex != null) {
      given.add(new Constraint.Regex(regex));
    }
    if (number != null) {
      given.add(new Constraint.Numeric(number));
    }
    if (jsonSchema != null) {
      given.add(new Constraint.JsonSchema(jsonSchema));
    }
    if (given.size() > 1) {
      throw new IllegalArgumentException(
          "must have at most one of choices, regex, number and json_schema, has " + given.size());
    }
    return given.isEmpty() ? null : given.get(0);
  }

  static void write(Constraint constraint, DataOutputView target) throws IOException {
    if (constraint == null) {
      target.writeByte(NONE);
    } else if (constraint instanceof Constraint.Choices choices) {
      target.writeByte(CHOICES);
      target.writeInt(choices.values().size());
      for (String choice : choices.values()) {
        BinaryForm.writeString(choice, target);
      }
    } else if (constraint instanceof Constraint.Regex regex) {
      target.writeByte(REGEX);
      BinaryForm.writeString(regex.pattern(), target);
    } else if (constraint instanceof Constraint.Numeric numeric) {
      target.writeByte(NUMBER);
      BinaryForm.writeString(numeric.range(), target);
    } else {
      target.writeByte(JSON_SCHEMA);
      BinaryForm.writeString(((Constraint.JsonSchema) constraint).schema(), target);
    }
  }

  static Constraint read(DataInputView source) throws IOException {
    int kind = source.readByte();
    switch (kind) {
      case NONE:
        return null;
      case CHOICES:
        List<String> choices = new ArrayList<>();
        for (int left = source.readInt(); left > 0; left--) {
          choices.add(BinaryForm.readString(source));
        }
        return new Constraint.Choices(choices);
      case REGEX:
        return new Constraint.Regex(BinaryForm.readString(source));
      case NUMBER:
        return new Constraint.Numeric(BinaryForm.readString(source));
      case JSON_SCHEMA:
        return new Constraint.JsonSchema(BinaryForm.readString(source));
      default:
        throw new IOException("a constraint in state has the kind " + kind);
    }
  }
}
