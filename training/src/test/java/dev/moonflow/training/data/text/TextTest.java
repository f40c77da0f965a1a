package dev.moonflow.training.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.training.data.Draw;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @ParameterizedTest
  @CsvSource({
    "carry,carries,carried,carried,carrying", "stop,stops,stopped,stopped,stopping",
    "visit,visits,visited,visited,visiting", "prefer,prefers,preferred,preferred,preferring",
    "taste,tastes,tasted,tasted,tasting", "look at,looks at,looked at,looked at,looking at",
    "watch,watches,watched,watched,watching", "die,dies,died,died,dying",
    "travel,travels,travelled,travelled,travelling", "fix,fixes,fixed,fixed,fixing"
  })
  void regularVerbs(String base, String third, String past, String participle, String ing) {
    assertThat(Verb.regular(base)).isEqualTo(new Verb(base, third, past, participle, ing));
  }

  @ParameterizedTest
  @CsvSource({
    "box,boxes",
    "city,cities",
    "toy,toys",
    "leaf,leaves",
    "knife,knives",
    "roof,roofs",
    "policeman,policemen",
    "human,humans",
    "child,children",
    "hero,heroes",
    "piano,pianos",
    "church,churches",
    "stomach,stomachs",
    "steam engine,steam engines"
  })
  void plurals(String noun, String plural) {
    assertThat(Nouns.plural(noun)).isEqualTo(plural);
  }

  @ParameterizedTest
  @CsvSource({
    "apple,an apple",
    "uniform,a uniform",
    "uncle,an uncle",
    "hour,an hour",
    "house,a house",
    "unimportant thing,an unimportant thing",
    "European city,a European city"
  })
  void articles(String words, String expected) {
    assertThat(Nouns.withArticle(words)).isEqualTo(expected);
  }

  @Test
  void proseHasThousandsOfDifferentWords() {
    Set<String> words = new HashSet<>();
    Set<String> sentences = new HashSet<>();
    for (int i = 0; i < 3000; i++) {
      String sentence = new Prose(Draw.of("test", 1, i)).sentence();
      assertThat(sentence).matches("[\"A-Z0-9À-Þ].*[.?!]");
      sentences.add(sentence);
      for (String word : sentence.split("\\W+")) {
        words.add(word.toLowerCase(java.util.Locale.ROOT));
      }
    }
    assertThat(sentences).hasSizeGreaterThan(2990);
    assertThat(words).hasSizeGreaterThan(4000);
  }

  @Test
  void theCharactersOfNoiseAreSpreadEvenly() {
    Map<Character, Integer> counts = new HashMap<>();
    for (int i = 0; i < 4000; i++) {
      for (char c : Values.noise(Draw.of("noise", 2, i), 10).toCharArray()) {
        counts.merge(c, 1, Integer::sum);
      }
    }
    assertThat(counts).hasSizeGreaterThan(80);
  }

  @Test
  void arithmeticIsRight() {
    for (int i = 0; i < 500; i++) {
      Arithmetic problem = Arithmetic.pick(Draw.of("sum", 3, i), 3);
      for (String step : problem.steps()) {
        checkEquation(step);
      }
      String last = problem.steps().get(problem.steps().size() - 1);
      assertThat(last).endsWith("= " + problem.answer() + ".");
    }
  }

  /** Evaluates {@code a op b op c = d} wherever it stands in a line. */
  private static void checkEquation(String line) {
    String text = line.replace(" carried", "").replaceAll(".*(:|are|hold|So) (?=\\d)", "");
    String[] sides = text.replaceAll("\\.$", "").split(" = ");
    if (sides.length != 2) {
      return;
    }
    String right = sides[1].replaceAll("[^0-9-].*", "");
    String[] terms = sides[0].split(" ");
    long value = Long.parseLong(terms[0]);
    for (int i = 1; i + 1 < terms.length; i += 2) {
      long next = Long.parseLong(terms[i + 1]);
      value =
          switch (terms[i]) {
            case "+" -> value + next;
            case "-" -> value - next;
            default -> value * next;
          };
    }
    assertThat(value).as(line).isEqualTo(Long.parseLong(right));
  }
}
