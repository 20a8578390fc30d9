#include "seal/words.h"

#include <array>

namespace tocsin::seal {

namespace {

// Things that most people can picture and spell. No two are one letter apart, and no two share
// their first four letters. The order is part of the format: never change it.
constexpr std::array<std::string_view, 256> kWords{
    "acorn",    "actor",   "admiral",  "album",    "alder",    "almond",   "alpine",  "amber",
    "anchor",   "ankle",   "anthem",   "apple",    "apron",    "arch",     "arrow",   "artist",
    "aspen",    "atlas",   "attic",    "badger",   "bagel",    "baker",    "balcony", "ballad",
    "bamboo",   "banjo",   "barley",   "barn",     "basil",    "basket",   "beacon",  "beaver",
    "bell",     "bicycle", "birch",    "biscuit",  "blanket",  "blossom",  "bonnet",  "bottle",
    "boulder",  "branch",  "brass",    "bread",    "breeze",   "bridge",   "bronze",  "brook",
    "bucket",   "bugle",   "butter",   "cabin",    "cactus",   "camel",    "canal",   "candle",
    "canoe",    "canvas",  "canyon",   "carpet",   "carrot",   "castle",   "cedar",   "chalk",
    "chapel",   "cherry",  "chimney",  "cider",    "cinema",   "circle",   "citrus",  "clock",
    "clover",   "coffee",  "comet",    "compass",  "copper",   "coral",    "cotton",  "cradle",
    "crayon",   "cricket", "crown",    "crystal",  "cuckoo",   "curtain",  "cushion", "cypress",
    "daisy",    "dancer",  "denim",    "desert",   "diamond",  "dolphin",  "domino",  "donkey",
    "drum",     "eagle",   "echo",     "eclipse",  "elbow",    "emerald",  "engine",  "farmer",
    "feather",  "fennel",  "fiddle",   "field",    "flamingo", "flute",    "forest",  "fountain",
    "freckle",  "galaxy",  "garden",   "garlic",   "ginger",   "giraffe",  "glacier", "goblet",
    "golf",     "granite", "grape",    "guitar",   "harbour",  "hedge",    "helmet",  "heron",
    "horse",    "igloo",   "indigo",   "island",   "ivory",    "jaguar",   "jasmine", "jersey",
    "jigsaw",   "jubilee", "juniper",  "kayak",    "kiosk",    "kitchen",  "kiwi",    "koala",
    "lagoon",   "lantern", "laurel",   "leopard",  "lettuce",  "lilac",    "linen",   "lizard",
    "locket",   "lotus",   "magnet",   "magpie",   "marble",   "marigold", "meadow",  "melody",
    "meteor",   "mineral", "mirror",   "mitten",   "monsoon",  "moss",     "mustard", "napkin",
    "nectar",   "needle",  "nickel",   "nomad",    "nutmeg",   "oboe",     "ocean",   "octopus",
    "olive",    "onion",   "opera",    "orange",   "orbit",    "orchard",  "oyster",  "palace",
    "pancake",  "panda",   "paper",    "parsnip",  "pastry",   "peacock",  "peanut",  "pebble",
    "pelican",  "pencil",  "piano",    "picnic",   "pigeon",   "pillow",   "plaza",   "poplar",
    "poppy",    "prairie", "pudding",  "pumpkin",  "puzzle",   "pyramid",  "quail",   "quartz",
    "rabbit",   "radio",   "raven",    "reindeer", "ribbon",   "ruby",     "saffron", "sapphire",
    "saturn",   "scarf",   "seagull",  "silver",   "skylark",  "sofa",     "spinach", "spruce",
    "squirrel", "stable",  "sugar",    "summit",   "sunset",   "swallow",  "syrup",   "teapot",
    "temple",   "tennis",  "thimble",  "timber",   "tomato",   "topaz",    "trumpet", "tulip",
    "tundra",   "turtle",  "umbrella", "unicorn",  "vanilla",  "viola",    "volcano", "voyage",
    "waffle",   "walnut",  "window",   "woodland", "yacht",    "zebra",    "zenith",  "zephyr",
};

}  // namespace

std::span<const std::string_view, 256> fingerprint_word_list() noexcept { return kWords; }

std::string fingerprint_words(const PublicIdentity& identity) {
  constexpr std::size_t kCount = 6;
  const KeyId id = identity.id();
  std::string words;
  for (std::size_t i = 0; i < kCount; ++i) {
    if (i > 0) words += ' ';
    words += kWords[id.bytes[i]];
  }
  return words;
}

}  // namespace tocsin::seal
