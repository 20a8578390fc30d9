// The words that fingerprints are read out in: lib/seal/words.cpp, in the same order.
export const WORDS = `acorn actor admiral album alder almond alpine amber anchor ankle anthem apple apron arch arrow
artist aspen atlas attic badger bagel baker balcony ballad bamboo banjo barley barn basil basket
beacon beaver bell bicycle birch biscuit blanket blossom bonnet bottle boulder branch brass bread
breeze bridge bronze brook bucket bugle butter cabin cactus camel canal candle canoe canvas canyon
carpet carrot castle cedar chalk chapel cherry chimney cider cinema circle citrus clock clover
coffee comet compass copper coral cotton cradle crayon cricket crown crystal cuckoo curtain cushion
cypress daisy dancer denim desert diamond dolphin domino donkey drum eagle echo eclipse elbow
emerald engine farmer feather fennel fiddle field flamingo flute forest fountain freckle galaxy
garden garlic ginger giraffe glacier goblet golf granite grape guitar harbour hedge helmet heron
horse igloo indigo island ivory jaguar jasmine jersey jigsaw jubilee juniper kayak kiosk kitchen
kiwi koala lagoon lantern laurel leopard lettuce lilac linen lizard locket lotus magnet magpie
marble marigold meadow melody meteor mineral mirror mitten monsoon moss mustard napkin nectar
needle nickel nomad nutmeg oboe ocean octopus olive onion opera orange orbit orchard oyster palace
pancake panda paper parsnip pastry peacock peanut pebble pelican pencil piano picnic pigeon pillow
plaza poplar poppy prairie pudding pumpkin puzzle pyramid quail quartz rabbit radio raven reindeer
ribbon ruby saffron sapphire saturn scarf seagull silver skylark sofa spinach spruce squirrel
stable sugar summit sunset swallow syrup teapot temple tennis thimble timber tomato topaz trumpet
tulip tundra turtle umbrella unicorn vanilla viola volcano voyage waffle walnut window woodland
yacht zebra zenith zephyr`.split(/\s/);
