package dev.moonflow.training.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionExtractionTest {
  private static final List<String> COLOURS = List.of("red", "dark blue", "blue", "a green one");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "B|B",
        "b|B",
        "(B)|B",
        "B.|B",
        "**B**|B",
        "B. dark blue|B",
        "B: because the A side is hidden|B",
        "Answer: B|B",
        "The answer is (C).|C",
        "The answer is A at first sight. Final answer: D|D",
        "The correct option is [C]|C",
        "So we get \\boxed{C}|C",
        "So we get \\boxed{\\text{C}}|C",
        "Option C|C",
        "dark blue|B",
        "The car is blue.|C",
        "The car is dark blue|B",
        "It is not red but blue|C",
        "A green one|D",
        "I think it is red|A",
        "Looking at both, (A) fails and (B) holds|B",
        "A and C are close; C|C",
        "E|",
        "The picture shows nothing|",
        "A picture of a house|",
        "''|",
      })
  void findsTheOption(String answer, String expected) {
    var found = OptionExtraction.find(answer, COLOURS);
    String letter = found.isEmpty() ? null : "" + Target.Choice.letter(found.getAsInt());
    assertThat(letter).isEqualTo(expected);
  }

  @Test
  void optionsThatAreOnlyInThePictureHaveNoWords() {
    List<String> letters = List.of("", "", "", "", "");
    assertThat(OptionExtraction.find("The triangle on the right: E", letters)).hasValue(4);
    assertThat(OptionExtraction.find("the triangle on the right", letters)).isEmpty();
  }

  @Test
  void numbersAsOptionsAreWholeNumbers() {
    List<String> numbers = List.of("5", "15", "1.5", "51");
    assertThat(OptionExtraction.find("There are 15 of them.", numbers)).hasValue(1);
    assertThat(OptionExtraction.find("The ratio is 1.5", numbers)).hasValue(2);
  }
}
