package dev.moonflow.model.synthetic;

/** A small text, written for this purpose, from which random checkpoints learn their vocabulary. */
final class LearningText {
  private LearningText() {}

  static final String TEXT =
      """
      You are a helpful assistant. What is in the image? Describe the picture in one sentence. Read all the text in the \
      image and keep the line breaks. What is the total of this invoice? Which date is printed on the document?
      The image shows a white page with black text. The title of the page is printed in large letters at the top. Below \
      the title there is a table with three columns: item, quantity and price. The total is printed in the last row of \
      the table. At the bottom of the page there is a signature and a stamp with the date of the document.
      The picture shows a street with houses, trees and people. A red car is standing in front of a house. A woman with a \
      blue coat is walking on the left side of the street, and a man with a dog is waiting at the crossing. The sky is \
      grey and it seems to be raining, because the street is wet and the people carry umbrellas.
      The chart shows the number of orders for each month of the year. The number of orders rises from January to March, \
      falls in April and May, and rises again from June to December. The largest number of orders is in December.
      Invoice number: 2024-0017. Date: 2024-03-18. Customer: North Harbour Trading. Item: paper, quantity: 12, price: \
      4.50, amount: 54.00. Item: printer, quantity: 1, price: 219.00, amount: 219.00. Subtotal: 273.00. Tax: 51.87. \
      Total: 324.87. Please pay the total amount within 30 days of the date of this invoice. Thank you for your order!
      A frame of the video shows a boat on the water near the harbour. In the next frame the boat is closer to the harbour \
      and a person is standing on the deck. Then the boat stops, and two persons leave the boat and walk along the pier.
      This form asks for the name, the address, the date of birth and the signature of the person. The name is printed in \
      capital letters. The address is not complete: the number of the house is missing. There is no signature on the form.
      The text in the image says: "Open from Monday to Friday, 9:00 to 17:30. Closed on Saturday and Sunday." The sign is \
      standing next to the door of a small shop with a green window. I'd say that the shop is closed, because it's dark.
      To read a document, first find the regions of the page, then read the lines of each region from left to right and \
      from top to bottom. A caption describes what can be seen in the image; an answer gives what was asked and nothing else.
      """;
}
