package dev.moonflow.training.data.print;

import dev.moonflow.training.data.Draw;
import dev.moonflow.training.sample.SampleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Words and prose that people wrote, from Debian's packages {@code wamerican} and {@code fortunes}:
 * a grammar alone repeats itself. A word or a quotation belongs to one side by its hash.
 */
final class EnglishText {
  private static final Path WORDS = Path.of("/usr/share/dict/american-english");
  private static final Path QUOTATIONS = Path.of("/usr/share/games/fortunes");
  private static final int HELD_OUT_OF = 10;

  private final List<String> words;
  private final List<String> lines;

  private EnglishText(List<String> words, List<String> lines) {
    this.words = words;
    this.lines = lines;
  }

  /**
   * The texts of one side.
   *
   * @throws SampleException naming the package that is missing
   */
  static EnglishText of(Side side) {
    try {
      List<String> words =
          Files.readAllLines(WORDS, StandardCharsets.UTF_8).stream()
              .filter(word -> isReadable(word) && sideOf(word) == side)
              .toList();
      return new EnglishText(words, quotations(side));
    } catch (IOException e) {
      throw new SampleException(
          "moonlet's text needs Debian's packages wamerican and fortunes; cannot read "
              + e.getMessage(),
          e);
    }
  }

  private static List<String> quotations(Side side) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(QUOTATIONS)) {
      files = all.filter(file -> !file.getFileName().toString().contains(".")).sorted().toList();
    }
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      for (String quotation : Files.readString(file, StandardCharsets.UTF_8).split("\n%\n")) {
        if (sideOf(quotation) == side) {
          for (String line : quotation.split("\n")) {
            String plain = line.strip().replace('\t', ' ').replaceAll(" +", " ");
            if (plain.length() > 3 && isReadable(plain)) {
              lines.add(plain);
            }
          }
        }
      }
    }
    return List.copyOf(lines);
  }

  /** The side of a word or quotation. */
  static Side sideOf(String text) {
    return Math.floorMod(Draw.key(text, 0, 0), HELD_OUT_OF) == 0 ? Side.HELD_OUT : Side.TRAINING;
  }

  private static boolean isReadable(String text) {
    return text.chars().allMatch(c -> PrintFonts.CHARACTERS.indexOf(c) >= 0);
  }

  /** One dictionary word. */
  String word(Draw draw) {
    return draw.pick(words);
  }

  /** One line of a quotation. */
  String line(Draw draw) {
    return draw.pick(lines);
  }
}
