// What Threema's Gateway answers and posts (tocsin-channel(5), THREEMA). Every byte is hostile
// until it is decoded here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "seal/key.h"
#include "seal/nacl_box.h"

namespace tocsin::channel {

// A Threema ID, or one of the Gateway's, which begins with *.
bool is_threema_id(std::string_view text) noexcept;

// The name that Threema gave to a message, in 16 hex digits; nullopt when it is none.
std::optional<std::string> parse_threema_name(base::ByteView body);
// One of a bulk: a name, or why it was refused as a status of HTTP. Neither: it makes no sense.
struct ThreemaAccepted {
  std::string name{};
  int error = 0;
};
// Nullopt when the answer is none to `count` messages.
std::optional<std::vector<ThreemaAccepted>> parse_threema_bulk(base::ByteView body,
                                                               std::size_t count);
// A public key, in 64 hex digits. None of small order, to which nothing can be boxed.
std::optional<seal::SealingKey> parse_threema_key(base::ByteView body);
// A private key, as Threema's tools write it: 64 hex digits, also with "private:" before them.
std::optional<seal::OpeningKey> parse_threema_private_key(std::string_view text);

struct ThreemaPost {
  std::string from;  // a Threema ID
  std::string to;
  std::string name;  // Threema's of the message, in 16 hex digits
  base::Instant date;
  seal::BoxNonce nonce;
  base::Bytes box;
};
// What was posted to a hook. Nullopt when it is no such form, or its code was not made with our
// API secret.
std::optional<ThreemaPost> parse_threema_post(base::ByteView body, std::string_view secret);

}  // namespace tocsin::channel
