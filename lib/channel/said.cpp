#include "channel/said.h"

#include <algorithm>

#include "seal/at_rest.h"

namespace tocsin::channel {

seal::MessageId said_id(std::string_view channel, std::string_view theirs) {
  base::ByteWriter text;
  text.raw(base::bytes_of(channel));
  text.u8(0);  // stands in no name of a channel
  text.raw(base::bytes_of(theirs));
  const seal::Hash hash = seal::hash_of(text.bytes());
  seal::MessageId id;
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

}  // namespace tocsin::channel
