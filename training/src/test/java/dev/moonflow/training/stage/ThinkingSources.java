package dev.moonflow.training.stage;

import dev.moonflow.model.chat.ThinkingSplitter;
import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.batch.SampleSource;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.trainer.recipe.SourceSection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Questions with one of four right answers, after some thinking. {@code mumbled} is what a poor
 * teacher says: one answer in three is wrong, and there are from none to five idle thoughts. {@code
 * asked} are the four questions; {@code solved} answers them right.
 */
final class ThinkingSources implements SourceOpener {
  private static final List<String> ANIMALS = List.of("cat", "dog", "bird", "fish");
  private static final List<String> SOUNDS = List.of("meows", "barks", "sings", "swims");
  private static final int THOUGHTS = 6;

  @Override
  public SampleSource open(SourceSection source, long seed) {
    return k ->
        switch (source.place()) {
          case "mumbled" -> mumbled(KeyedHash.bits(seed, k), k);
          case "asked" -> sample(k % 4, (int) (k % 4), (int) (k % 4), 0);
          case "solved" -> sample(k % 4, (int) (k % 4), (int) (k % 4), 2);
          default -> throw new IllegalArgumentException(source.place());
        };
  }

  private static Sample mumbled(long key, long k) {
    int animal = draw(key, 0, 4);
    int sound = draw(key, 1, 2) == 0 ? animal : draw(key, 2, 4);
    return sample(k, animal, sound, draw(key, 3, THOUGHTS));
  }

  private static int draw(long key, int what, int bound) {
    return (int) Math.floorMod(KeyedHash.bits(key, what), (long) bound);
  }

  private static Sample sample(long id, int animal, int sound, int thoughts) {
    String thinking = ThinkingSplitter.OPEN + " hm".repeat(thoughts) + ThinkingSplitter.CLOSE;
    return new Sample(
        "animal-" + id,
        Category.REASONING,
        "test/animals",
        "test",
        0,
        List.of(
            new Part.Text(Role.USER, ANIMALS.get(animal) + "?"),
            new Part.Text(Role.ASSISTANT, thinking + SOUNDS.get(sound))),
        List.of(),
        Optional.of(SOUNDS.get(animal)),
        Map.of("difficulty", Integer.toString(animal)));
  }
}
