package dev.moonflow.training.data.subject;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.data.render.Box;
import dev.moonflow.training.data.render.Canvas;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.data.render.Inks;
import dev.moonflow.training.data.render.TextLine;
import dev.moonflow.training.data.text.Lexicon;
import dev.moonflow.training.data.text.Prose;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * A screen of a desktop program, a phone or a web page: widgets in their places, and what has been
 * typed into them.
 */
public record Screen(
    Platform platform, int width, int height, String title, List<Widget> widgets, Look look) {
  /** Where it is seen. */
  public enum Platform {
    DESKTOP,
    MOBILE,
    WEB;

    /** The word. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What a widget is. */
  public enum Kind {
    BUTTON,
    FIELD,
    CHECKBOX,
    TAB
  }

  /** Colours and font. */
  record Look(Color ground, Color bar, Color accent, Font font) {}

  /**
   * Something to click.
   *
   * @param name what it says, or what stands beside it
   * @param box where a click reaches it
   */
  public record Widget(Kind kind, String name, Box box) {}

  /**
   * What changes while someone uses the screen.
   *
   * @param focus name of the field with the cursor, or empty
   * @param typed what stands in each field
   * @param ticked names of ticked boxes
   * @param message shown at the bottom, or empty
   */
  public record State(
      String focus,
      java.util.Map<String, String> typed,
      java.util.Set<String> ticked,
      String message) {
    /** Nothing done yet. */
    public static final State EMPTY = new State("", java.util.Map.of(), java.util.Set.of(), "");
  }

  private static final List<String> BUTTONS =
      List.of(
          "Save",
          "Cancel",
          "OK",
          "Send",
          "Delete",
          "Search",
          "Next",
          "Back",
          "Open",
          "Print",
          "Apply",
          "Help",
          "Sign in",
          "Log out",
          "Add",
          "Edit",
          "Share",
          "Download",
          "Upload",
          "Refresh",
          "Close",
          "Buy now",
          "Play",
          "Stop",
          "Copy",
          "Paste",
          "Undo",
          "Export");
  private static final List<String> FIELDS =
      List.of(
          "Name",
          "E-mail",
          "Password",
          "City",
          "Phone",
          "Street",
          "Company",
          "Subject",
          "Search",
          "Amount",
          "Date",
          "Comment",
          "User",
          "Country");
  private static final List<String> BOXES =
      List.of(
          "Remember me",
          "Send a copy",
          "Accept terms",
          "Dark mode",
          "Notify me",
          "Use proxy",
          "Auto save",
          "Show hidden files",
          "Play sounds",
          "Share location");
  private static final List<String> TABS =
      List.of(
          "Home",
          "File",
          "Edit",
          "View",
          "Tools",
          "Settings",
          "Profile",
          "Inbox",
          "Orders",
          "Photos",
          "Music",
          "News",
          "Contacts",
          "About");

  /** A random screen. */
  public static Screen pick(Draw draw, FontSet fonts) {
    Platform platform = draw.pick(Platform.values());
    int width = platform == Platform.MOBILE ? draw.between(220, 280) : draw.between(400, 560);
    int height = platform == Platform.MOBILE ? draw.between(380, 460) : draw.between(280, 380);
    Font font = fonts.pickPlain(draw, draw.uniform(12, 15));
    Color accent =
        draw.pick(NamedColor.BLUE, NamedColor.GREEN, NamedColor.PURPLE, NamedColor.RED).shade(draw);
    Look look =
        new Look(
            draw.chance(0.5) ? Color.WHITE : Inks.light(draw),
            draw.chance(0.5) ? accent : new Color(60, 64, 72),
            accent,
            font);
    List<Widget> widgets = new ArrayList<>();
    double size = font.getSize2D();
    double y = size * 2.4;
    y = tabs(draw, widgets, font, width, y);
    y += size * 0.8;
    for (String name : draw.distinct(FIELDS, draw.between(1, 3))) {
      if (widgets.stream().noneMatch(w -> w.name().equals(name))) {
        Box box = new Box(size * 7.5, y, width - size * 1.2, y + size * 2);
        widgets.add(new Widget(Kind.FIELD, name, box));
        y += size * 2.8;
      }
    }
    for (String name : draw.distinct(BOXES, draw.between(0, 2))) {
      widgets.add(new Widget(Kind.CHECKBOX, name, new Box(size, y, size * 2.2, y + size * 1.2)));
      y += size * 2.2;
    }
    buttons(draw, widgets, font, width, height, y);
    String title =
        Prose.capital(draw.pick(Lexicon.ADJECTIVES))
            + " "
            + Prose.capital(draw.pick(Lexicon.NOUNS));
    return new Screen(platform, width, height, title, List.copyOf(widgets), look);
  }

  private static double tabs(Draw draw, List<Widget> widgets, Font font, int width, double y) {
    double size = font.getSize2D();
    double x = size * 0.6;
    for (String name : draw.distinct(TABS, draw.between(2, 4))) {
      double wide = Canvas.width(font, name) + size * 1.2;
      if (x + wide > width - size) {
        break;
      }
      widgets.add(new Widget(Kind.TAB, name, new Box(x, y, x + wide, y + size * 1.9)));
      x += wide + 2;
    }
    return y + size * 1.9;
  }

  private static void buttons(
      Draw draw, List<Widget> widgets, Font font, int width, int height, double from) {
    double size = font.getSize2D();
    double x = size * 1.2;
    double y = Math.max(from + size * 0.6, draw.uniform(from, height - size * 7));
    for (String name : draw.distinct(BUTTONS, draw.between(2, 5))) {
      if (widgets.stream().anyMatch(w -> w.name().equals(name))) {
        continue;
      }
      double wide = Canvas.width(font, name) + size * 1.8;
      if (x + wide > width - size) {
        x = size * 1.2;
        y += size * 2.7;
      }
      if (y + size * 2 > height - size * 2.2) {
        return;
      }
      widgets.add(new Widget(Kind.BUTTON, name, new Box(x, y, x + wide, y + size * 2)));
      x += wide + size;
    }
  }

  /** Draws it in a state; every widget is labelled with its name. */
  public Drawing draw(State state) {
    Font font = look.font();
    double size = font.getSize2D();
    Canvas canvas = new Canvas(width, height, look.ground());
    canvas.rectangle(new Box(0, 0, width, size * 2.2), look.bar());
    canvas.text(title, font.deriveFont(Font.BOLD), Color.WHITE, size * 0.8, size * 1.5);
    if (platform == Platform.DESKTOP) {
      cross(canvas, width - size * 1.4, size * 1.1, size * 0.35);
    }
    List<TextLine> labels = new ArrayList<>();
    for (Widget widget : widgets) {
      draw(canvas, widget, state);
      labels.add(new TextLine(widget.name(), widget.box()));
    }
    if (!state.message().isEmpty()) {
      canvas.rectangle(new Box(0, height - size * 2, width, height), new Color(40, 40, 40));
      canvas.text(state.message(), font, Color.WHITE, size, height - size * 0.7);
    }
    return new Drawing(canvas, labels, FontSet.family(font));
  }

  private static void cross(Canvas canvas, double x, double y, double r) {
    canvas.line(x - r, y - r, x + r, y + r, Color.WHITE, 2);
    canvas.line(x - r, y + r, x + r, y - r, Color.WHITE, 2);
  }

  private void draw(Canvas canvas, Widget widget, State state) {
    Font font = look.font();
    double size = font.getSize2D();
    Box box = widget.box();
    switch (widget.kind()) {
      case BUTTON -> {
        canvas.fill(
            new RoundRectangle2D.Double(
                box.left(), box.top(), box.width(), box.height(), size * 0.7, size * 0.7),
            look.accent());
        Color ink = Inks.luminance(look.accent()) > 150 ? Color.BLACK : Color.WHITE;
        canvas.centred(widget.name(), font, ink, box.centreX(), box.centreY());
      }
      case FIELD -> {
        canvas.text(widget.name(), font, Color.BLACK, size * 0.8, box.centreY() + size * 0.35);
        canvas.rectangle(box, Color.WHITE);
        boolean focused = state.focus().equals(widget.name());
        canvas.frame(box, focused ? look.accent() : Color.GRAY, focused ? 2.2 : 1);
        String typed = state.typed().getOrDefault(widget.name(), "");
        double x = box.left() + 5;
        if (!typed.isEmpty()) {
          canvas.text(typed, font, Color.BLACK, x, box.centreY() + size * 0.35);
          x += Canvas.width(font, typed) + 2;
        }
        if (focused) {
          canvas.line(x, box.top() + 4, x, box.bottom() - 4, Color.BLACK, 1.3);
        }
      }
      case CHECKBOX -> {
        canvas.rectangle(box, Color.WHITE);
        canvas.frame(box, Color.DARK_GRAY, 1.3);
        if (state.ticked().contains(widget.name())) {
          canvas.line(
              box.left() + 3, box.centreY(), box.centreX(), box.bottom() - 3, Color.BLACK, 2);
          canvas.line(
              box.centreX(), box.bottom() - 3, box.right() - 2, box.top() + 3, Color.BLACK, 2);
        }
        canvas.text(
            widget.name(),
            font,
            Color.BLACK,
            box.right() + size * 0.6,
            box.centreY() + size * 0.35);
      }
      case TAB -> {
        canvas.rectangle(box, new Color(228, 230, 234));
        canvas.frame(box, Color.LIGHT_GRAY, 1);
        canvas.centred(widget.name(), font, Color.BLACK, box.centreX(), box.centreY());
      }
    }
  }

  /** Widgets of a kind. */
  public List<Widget> of(Kind kind) {
    return widgets.stream().filter(widget -> widget.kind() == kind).toList();
  }

  /** The action that reaches a widget: its middle in parts of the screen, three decimals. */
  public String click(Widget widget) {
    return String.format(
        java.util.Locale.ROOT,
        "click(x=%.3f, y=%.3f)",
        widget.box().centreX() / width,
        widget.box().centreY() / height);
  }
}
