package dev.moonflow.model.constraint;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What an answer must look like; the package's description says what each kind understands. A value
 * that cannot be compiled is refused by {@link #compile}, not by its constructor, so that one out
 * of a record can be carried to where its event is answered.
 */
public sealed interface Constraint extends Serializable {

  /** One of these, letter by letter. */
  record Choices(List<String> values) implements Constraint {
    public Choices {
      values = List.copyOf(values);
    }
  }

  /** What this regular expression matches as a whole. */
  record Regex(String pattern) implements Constraint {
    public Regex {
      Objects.requireNonNull(pattern, "pattern");
    }
  }

  /** A number: {@code integer} or {@code decimal}, and optionally {@code MIN..MAX}. */
  record Numeric(String range) implements Constraint {
    public Numeric {
      Objects.requireNonNull(range, "range");
    }
  }

  /** JSON that this JSON schema accepts. */
  record JsonSchema(String schema) implements Constraint {
    public JsonSchema {
      Objects.requireNonNull(schema, "schema");
    }
  }

  /**
   * The automaton of the answers.
   *
   * @throws ConstraintException in one sentence if there is none
   */
  default ByteAutomaton compile() throws ConstraintException {
    ByteNfa nfa = new ByteNfa();
    int end;
    if (this instanceof Choices choices) {
      end = ChoiceForm.append(choices.values(), nfa, nfa.start());
    } else if (this instanceof Regex regex) {
      end =
          RegexForm.append(
              RegexParser.parse(regex.pattern()), CharEncoding.PLAIN, nfa, nfa.start());
    } else if (this instanceof Numeric numeric) {
      end = NumberForm.parse(numeric.range()).append(nfa, nfa.start());
    } else {
      end = JsonSchemaForm.append(((JsonSchema) this).schema(), nfa, nfa.start());
    }
    return SubsetConstruction.run(nfa, end);
  }
}
