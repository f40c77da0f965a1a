package dev.moonflow.training.evaluation.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists as Python prints them: {@code ['it', "it's", 3]}. Not nested. */
final class PythonList {
  private final String text;
  private int at;

  private PythonList(String text) {
    this.text = text;
  }

  /** The elements; empty if this is no such list. */
  static Optional<List<String>> parse(String text) {
    return new PythonList(text.strip()).list();
  }

  private Optional<List<String>> list() {
    if (!take('[')) {
      return Optional.empty();
    }
    List<String> elements = new ArrayList<>();
    spaces();
    while (!take(']')) {
      Optional<String> element = element();
      if (element.isEmpty()) {
        return Optional.empty();
      }
      elements.add(element.get());
      spaces();
      if (!take(',') && !(at < text.length() && text.charAt(at) == ']')) {
        return Optional.empty();
      }
      spaces();
    }
    return at == text.length() ? Optional.of(elements) : Optional.empty();
  }

  private Optional<String> element() {
    if (at == text.length()) {
      return Optional.empty();
    }
    char quote = text.charAt(at);
    StringBuilder value = new StringBuilder();
    if (quote != '\'' && quote != '"') {
      while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ']') {
        value.append(text.charAt(at++));
      }
      return value.toString().isBlank() ? Optional.empty() : Optional.of(value.toString().strip());
    }
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        c = escaped(text.charAt(at++), value);
        if (c == 0) {
          continue;
        }
      }
      value.append(c);
    }
    return take(quote) ? Optional.of(value.toString()) : Optional.empty();
  }

  /** The character that an escape stands for; an unknown escape stays as it is, as in Python. */
  private static char escaped(char c, StringBuilder value) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '\\', '\'', '"' -> c;
      default -> {
        value.append('\\').append(c);
        yield 0;
      }
    };
  }

  private void spaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }
}
