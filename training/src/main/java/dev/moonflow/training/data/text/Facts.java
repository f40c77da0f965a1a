package dev.moonflow.training.data.text;

import dev.moonflow.training.data.Draw;
import java.util.List;

/** Statements of common knowledge that can be asked for. */
public final class Facts {
  /**
   * One fact.
   *
   * @param topic place in the taxonomy
   * @param statement a sentence
   * @param question that it answers
   * @param answer in a word or two
   */
  public record Fact(String topic, String statement, String question, String answer) {}

  private static final List<String[]> CAPITALS =
      pairs(
          "Argentina=Buenos Aires;Australia=Canberra;Austria=Vienna;Belgium=Brussels;Brazil=Brasília;"
              + "Bulgaria=Sofia;Canada=Ottawa;Chile=Santiago;China=Beijing;Colombia=Bogotá;Croatia=Zagreb;"
              + "Cuba=Havana;Denmark=Copenhagen;Egypt=Cairo;Estonia=Tallinn;Finland=Helsinki;France=Paris;"
              + "Germany=Berlin;Ghana=Accra;Greece=Athens;Hungary=Budapest;Iceland=Reykjavik;India=New Delhi;"
              + "Ireland=Dublin;Italy=Rome;Japan=Tokyo;Kenya=Nairobi;Latvia=Riga;Lithuania=Vilnius;"
              + "Mexico=Mexico City;Morocco=Rabat;Nepal=Kathmandu;New Zealand=Wellington;Norway=Oslo;Peru=Lima;"
              + "Poland=Warsaw;Portugal=Lisbon;Romania=Bucharest;Serbia=Belgrade;Slovakia=Bratislava;"
              + "Slovenia=Ljubljana;South Korea=Seoul;Spain=Madrid;Sweden=Stockholm;Switzerland=Bern;"
              + "Thailand=Bangkok;Tunisia=Tunis;Turkey=Ankara;Ukraine=Kyiv;Vietnam=Hanoi");
  private static final List<String[]> ELEMENTS =
      pairs(
          "Hydrogen=H;Helium=He;Lithium=Li;Carbon=C;Nitrogen=N;Oxygen=O;Fluorine=F;Neon=Ne;Sodium=Na;"
              + "Magnesium=Mg;Aluminium=Al;Silicon=Si;Phosphorus=P;Sulphur=S;Chlorine=Cl;Argon=Ar;Potassium=K;"
              + "Calcium=Ca;Titanium=Ti;Chromium=Cr;Manganese=Mn;Iron=Fe;Cobalt=Co;Nickel=Ni;Copper=Cu;Zinc=Zn;"
              + "Silver=Ag;Tin=Sn;Iodine=I;Platinum=Pt;Gold=Au;Mercury=Hg;Lead=Pb;Uranium=U");
  private static final List<String[]> ANIMALS =
      pairs(
          "cow=calf;dog=puppy;cat=kitten;horse=foal;sheep=lamb;goat=kid;pig=piglet;hen=chick;duck=duckling;"
              + "goose=gosling;lion=cub;deer=fawn;kangaroo=joey;frog=tadpole;swan=cygnet;owl=owlet");
  private static final List<String[]> UNITS =
      pairs(
          "minute=60 seconds;hour=60 minutes;day=24 hours;week=7 days;year=12 months;kilometre=1000 metres;"
              + "metre=100 centimetres;kilogram=1000 grams;tonne=1000 kilograms;litre=1000 millilitres;"
              + "dozen=12 pieces;century=100 years;decade=10 years;foot=12 inches;yard=3 feet;byte=8 bits");
  private static final List<String[]> SHAPES =
      pairs("triangle=3;square=4;pentagon=5;hexagon=6;heptagon=7;octagon=8;nonagon=9;decagon=10");

  private Facts() {}

  private static List<String[]> pairs(String text) {
    return List.of(text.split(";")).stream().map(pair -> pair.split("=")).toList();
  }

  /** One fact. */
  public static Fact pick(Draw draw) {
    return switch (draw.below(6)) {
      case 0 -> {
        String[] p = draw.pick(CAPITALS);
        yield new Fact(
            "geography/capitals",
            "The capital of " + p[0] + " is " + p[1] + ".",
            "What is the capital of " + p[0] + "?",
            p[1]);
      }
      case 1 -> {
        String[] p = draw.pick(ELEMENTS);
        yield new Fact(
            "chemistry/elements",
            "The chemical symbol of "
                + p[0].toLowerCase(java.util.Locale.ROOT)
                + " is "
                + p[1]
                + ".",
            "What is the chemical symbol of " + p[0].toLowerCase(java.util.Locale.ROOT) + "?",
            p[1]);
      }
      case 2 -> {
        String[] p = draw.pick(ANIMALS);
        yield new Fact(
            "biology/young",
            "A young " + p[0] + " is called a " + p[1] + ".",
            "What is a young " + p[0] + " called?",
            p[1]);
      }
      case 3 -> {
        String[] p = draw.pick(UNITS);
        yield new Fact(
            "measure/units",
            Prose.capital(Nouns.withArticle(p[0])) + " has " + p[1] + ".",
            "How much is " + Nouns.withArticle(p[0]) + "?",
            p[1]);
      }
      case 4 -> {
        String[] p = draw.pick(SHAPES);
        yield new Fact(
            "geometry/shapes",
            Prose.capital(Nouns.withArticle(p[0])) + " has " + p[1] + " sides.",
            "How many sides does " + Nouns.withArticle(p[0]) + " have?",
            p[1]);
      }
      default -> month(draw);
    };
  }

  private static Fact month(Draw draw) {
    int month = draw.below(11);
    String first = Values.MONTHS.get(month);
    String next = Values.MONTHS.get(month + 1);
    return new Fact(
        "calendar/months",
        next + " is the month after " + first + ".",
        "Which month comes after " + first + "?",
        next);
  }
}
