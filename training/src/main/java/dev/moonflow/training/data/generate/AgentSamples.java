package dev.moonflow.training.data.generate;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.subject.Drawing;
import dev.moonflow.training.data.subject.Screen;
import dev.moonflow.training.data.subject.Screen.Kind;
import dev.moonflow.training.data.subject.Screen.State;
import dev.moonflow.training.data.subject.Screen.Widget;
import dev.moonflow.training.data.text.Lexicon;
import dev.moonflow.training.data.text.Values;
import dev.moonflow.training.sample.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Screens and what to do on them. The action space, one action a line: {@code click(x=0.412,
 * y=0.233)} in parts of the screen's width and height, {@code type(text="...")} into the focused
 * field, {@code done()}.
 */
final class AgentSamples {
  private static final String ACTIONS =
      "Answer with one action: click(x, y) in parts of the screen, type(text) or done().";

  private final FontSet fonts;

  AgentSamples(FontSet fonts) {
    this.fonts = fonts;
  }

  /** One widget to find. */
  void grounding(Draw draw, SampleBuilder sample) {
    Screen screen = Screen.pick(draw, fonts);
    Drawing drawing = screen.draw(State.EMPTY);
    Widget target = draw.pick(screen.widgets());
    String what =
        switch (target.kind()) {
          case BUTTON -> "the \"%s\" button";
          case FIELD -> "the field \"%s\"";
          case CHECKBOX -> "the checkbox \"%s\"";
          case TAB -> "the tab \"%s\"";
        };
    add(sample, drawing);
    String instruction =
        draw.pick("Click on ", "Select ", "Where is ") + what.formatted(target.name());
    sample
        .user(instruction + (instruction.startsWith("Where") ? "? " : ". ") + ACTIONS)
        .assistant(screen.click(target))
        .answer(screen.click(target))
        .topic("agent/" + screen.platform().word() + "/grounding");
    sample.attribute("platform", screen.platform().word()).attribute("target", target.name());
    sample.attribute(
        "target_box",
        String.format(
            Locale.ROOT,
            "%.1f,%.1f,%.1f,%.1f",
            target.box().left(),
            target.box().top(),
            target.box().right(),
            target.box().bottom()));
  }

  /** All widgets of a screen with their boxes: dense grounding. */
  void widgets(Draw draw, SampleBuilder sample) {
    Screen screen = Screen.pick(draw, fonts);
    add(sample, screen.draw(State.EMPTY));
    StringBuilder text = new StringBuilder("Window: ").append(screen.title());
    for (Widget widget : screen.widgets()) {
      text.append('\n')
          .append(widget.kind().name().toLowerCase(Locale.ROOT))
          .append(" \"")
          .append(widget.name())
          .append("\" ")
          .append(screen.click(widget).replace("click", "at "));
    }
    sample.user("List what can be clicked on this screen.").assistant(text.toString());
    sample.answer(Integer.toString(screen.widgets().size()));
    sample.topic("agent/" + screen.platform().word() + "/widgets");
  }

  /** A goal, then a screen and an action by turns until it is reached. */
  void trajectory(Draw draw, SampleBuilder sample) {
    Screen screen = Screen.pick(draw, fonts);
    Widget field = draw.pick(screen.of(Kind.FIELD));
    List<Widget> buttons = screen.of(Kind.BUTTON);
    String text = value(draw, field.name());
    String goal = "Enter \"" + text + "\" into the field \"" + field.name() + "\"";
    Widget button = buttons.isEmpty() ? null : draw.pick(buttons);
    if (button != null) {
      goal += " and press \"" + button.name() + "\"";
    }
    sample.user("Goal: " + goal + ". " + ACTIONS);
    Set<String> none = Set.of();
    step(sample, screen, State.EMPTY, "The field is not active yet.", screen.click(field));
    State focused = new State(field.name(), Map.of(), none, "");
    step(sample, screen, focused, "The field is active.", "type(text=\"" + text + "\")");
    State typed = new State(field.name(), Map.of(field.name(), text), none, "");
    if (button != null) {
      step(sample, screen, typed, "The text is there.", screen.click(button));
      State after = new State("", Map.of(field.name(), text), none, button.name() + ": done.");
      step(sample, screen, after, "The message confirms it.", "done()");
    } else {
      step(sample, screen, typed, "The text is there.", "done()");
    }
    sample.answer("done()").topic("agent/" + screen.platform().word() + "/trajectory");
    sample.attribute("platform", screen.platform().word());
  }

  private static String value(Draw draw, String field) {
    return switch (field) {
      case "Name", "User" -> draw.pick(Lexicon.FIRST_NAMES);
      case "City", "Country" -> draw.pick(Lexicon.PLACES);
      case "Phone" -> Values.fill(draw, "999 9999");
      case "Amount" -> Values.fill(draw, "99.90");
      default -> draw.pick(Lexicon.NOUNS);
    };
  }

  private static void step(
      SampleBuilder sample, Screen screen, State state, String thought, String action) {
    sample.image(Role.USER, screen.draw(state).canvas().image());
    for (Widget widget : screen.widgets()) {
      sample.region(widget.box(), widget.name());
    }
    sample.assistant(thought + "\n" + action);
  }

  private static void add(SampleBuilder sample, Drawing drawing) {
    sample.image(Role.USER, drawing.canvas().image());
    for (TextLine line : drawing.lines()) {
      sample.region(line.box(), line.text());
    }
    sample.attribute("font", drawing.font());
  }
}
