package dev.moonflow.jobs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.schemas.Topics;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Events are a function of seed and index, and of every kind. */
class ChaosEventsTest {
  @Test
  void theSameIndexGivesTheSameEvent() {
    ChaosEvent first = new ChaosEvents(3).event(12);
    ChaosEvent again = new ChaosEvents(3).event(12);
    assertThat(again.value()).isEqualTo(first.value());
    assertThat(again.key()).isEqualTo(first.key());
    assertThat(again.damage()).isEqualTo(first.damage());
    assertThat(new ChaosEvents(4).event(12).value()).isNotEqualTo(first.value());
  }

  @Test
  void eventsAreOfEveryKind() {
    Set<Topics> to = EnumSet.noneOf(Topics.class);
    Set<Damage> damages = EnumSet.noneOf(Damage.class);
    int damaged = 0;
    for (int i = 0; i < 2_000; i++) {
      ChaosEvent event = new ChaosEvents(3).event(i);
      to.add(event.to());
      damages.add(event.damage());
      damaged += event.damage() == Damage.NONE ? 0 : 1;
    }
    assertThat(to).containsOnly(Topics.OCR, Topics.CAPTIONS, Topics.ANSWERS);
    assertThat(damages).containsOnly(Damage.values());
    assertThat(damaged).isBetween(60, 140);
  }
}
