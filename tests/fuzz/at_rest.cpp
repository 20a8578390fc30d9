// Files on a disk: a key file, a wrap, or a sealed text. The first byte says which.
#include "seal/at_rest.h"

#include "base/fault.h"
#include "seal/key_file.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static base::SeededRandom random{1};
  static const seal::OpeningKey holder = seal::OpeningKey::generate(random);
  static const seal::StoreKey key = seal::generate_store_key(random);
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 3) {
    case 0: {
      const auto description = seal::describe_key_file(rest);
      // Skip passphrases: Argon2id takes a second.
      if (description && description->protection == seal::Protection::none)
        seal::open_key_file(rest, "");
      break;
    }
    case 1:
      TOCSIN_ASSERT(!seal::unwrap(rest, holder, "store"));
      break;
    default:
      TOCSIN_ASSERT(!seal::open_at_rest(key, base::bytes_of("file"), rest));
  }
  return 0;
}
