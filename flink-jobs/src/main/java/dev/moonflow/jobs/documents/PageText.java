package dev.moonflow.jobs.documents;

import dev.moonflow.model.layout.TextLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a page as text. Plain: a line of text for each line, an empty one between blocks,
 * tabs between cells. Markdown: blocks of larger letters are headings, lines that begin with a mark
 * or a number are list items, tables are tables, and the lines of a paragraph flow together.
 */
final class PageText {
  private static final Pattern ITEM = Pattern.compile("^(?:[•·▪‣*–-]|(\\d{1,3})[.)])\\s+");
  private static final Pattern SPECIAL = Pattern.compile("([\\\\`*_|<\\[\\]]|^#+(?=\\s)|^>)");

  /** Capitals this much higher than the page's middle line make a heading, of level 3, 2 and 1. */
  private static final double[] HEADING = {1.25, 1.5, 1.9};

  private static final int HEADING_LINES_MAX = 3;

  private final List<List<Integer>> blocks = new ArrayList<>();
  private final List<TextLine> places;
  private final List<LineReading> readings;
  private final int middleHeight;

  PageText(List<TextLine> places, List<LineReading> readings) {
    this.places = places;
    this.readings = readings;
    int[] heights = places.stream().mapToInt(TextLine::letterHeight).sorted().toArray();
    middleHeight = heights.length == 0 ? 0 : heights[(heights.length - 1) / 2];
    for (int i = 0; i < places.size(); i++) {
      if (i == 0 || places.get(i).block() != places.get(i - 1).block()) {
        blocks.add(new ArrayList<>());
      }
      blocks.get(blocks.size() - 1).add(i);
    }
  }

  private String text(int line) {
    String text = readings.get(line).text();
    return text == null ? "" : text.strip().replaceAll("\\s+", " ");
  }

  String plain() {
    StringBuilder out = new StringBuilder();
    for (List<Integer> block : blocks) {
      out.append(out.isEmpty() ? "" : "\n\n");
      int row = TextLine.NONE;
      for (int line : block) {
        boolean first = line == block.get(0);
        boolean sameRow = places.get(line).inTable() && places.get(line).row() == row;
        out.append(first ? "" : sameRow ? "\t" : "\n").append(text(line));
        row = places.get(line).row();
      }
    }
    return out.toString();
  }

  String markdown() {
    StringBuilder out = new StringBuilder();
    for (List<Integer> block : blocks) {
      String written =
          places.get(block.get(0)).inTable()
              ? table(block)
              : heading(block) > 0 ? heading(block, heading(block)) : paragraph(block);
      if (!written.isEmpty()) {
        out.append(out.isEmpty() ? "" : "\n\n").append(written);
      }
    }
    return out.toString();
  }

  /** The level of a heading, 1 to 3; 0 for a paragraph. */
  private int heading(List<Integer> block) {
    int height = block.stream().mapToInt(i -> places.get(i).letterHeight()).min().orElse(0);
    for (int level = 1; level <= HEADING.length && block.size() <= HEADING_LINES_MAX; level++) {
      if (height >= HEADING[HEADING.length - level] * middleHeight) {
        return level;
      }
    }
    return 0;
  }

  private String heading(List<Integer> block, int level) {
    String words = flowing(block);
    return words.isEmpty() ? "" : "#".repeat(level) + " " + words;
  }

  private String paragraph(List<Integer> block) {
    StringBuilder out = new StringBuilder();
    List<Integer> open = new ArrayList<>();
    for (int line : block) {
      if (ITEM.matcher(text(line)).find() && !open.isEmpty()) {
        append(out, open);
        open.clear();
      }
      open.add(line);
    }
    append(out, open);
    return out.toString();
  }

  private void append(StringBuilder out, List<Integer> lines) {
    String words = flowing(lines);
    var item = ITEM.matcher(text(lines.get(0)));
    if (item.find()) {
      String mark = item.group(1) == null ? "- " : item.group(1) + ". ";
      // The mark of the line was escaped with it; what follows the mark's space is the item.
      words = mark + words.substring(Math.min(words.length(), words.indexOf(' ') + 1));
    }
    out.append(out.isEmpty() || words.isEmpty() ? "" : "\n").append(words);
  }

  /** Lines as one; a word that was broken at the end of a line is whole again. */
  private String flowing(List<Integer> lines) {
    StringBuilder out = new StringBuilder();
    for (int line : lines) {
      String text = escaped(text(line));
      if (text.isEmpty()) {
        continue;
      }
      int end = out.length() - 1;
      boolean broken =
          end > 0
              && out.charAt(end) == '-'
              && Character.isLetter(out.charAt(end - 1))
              && Character.isLowerCase(text.codePointAt(0));
      if (broken) {
        out.setLength(end);
      } else if (end >= 0) {
        out.append(' ');
      }
      out.append(text);
    }
    return out.toString();
  }

  private String table(List<Integer> block) {
    int columns = block.stream().mapToInt(i -> places.get(i).cell()).max().orElse(0) + 1;
    int rows = block.stream().mapToInt(i -> places.get(i).row()).max().orElse(0) + 1;
    String[][] cells = new String[rows][columns];
    for (String[] row : cells) {
      Arrays.fill(row, "");
    }
    for (int line : block) {
      TextLine place = places.get(line);
      String before = cells[place.row()][place.cell()];
      cells[place.row()][place.cell()] = (before + " " + escaped(text(line))).strip();
    }
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      out.append(row == 0 ? "" : "\n").append("| ").append(String.join(" | ", cells[row]));
      out.append(" |");
      if (row == 0) {
        out.append('\n').append("|---".repeat(columns)).append('|');
      }
    }
    return out.toString();
  }

  /** Text in which nothing means something to Markdown. */
  static String escaped(String text) {
    return SPECIAL.matcher(text).replaceAll("\\\\$1");
  }
}
