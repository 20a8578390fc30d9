// One Gateway ID at Threema, as requests name themselves to it. Threema wants the API secret in the
// address of some: no address of Threema's stands in any message.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "channel/http.h"
#include "seal/key.h"
#include "seal/nacl_box.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

struct ThreemaBox {
  std::string to;
  seal::BoxNonce nonce;
  base::Bytes box;
};

class ThreemaAccess {
 public:
  // `origin`: "https://msgapi.threema.ch", without a slash at the end.
  ThreemaAccess(std::string origin, std::string id, seal::SecretText secret, seal::OpeningKey key);

  HttpRequest key_of(std::string_view id) const;
  HttpRequest send(const ThreemaBox& box) const;
  HttpRequest send_all(const std::vector<ThreemaBox>& boxes) const;

  const std::string& id() const noexcept { return id_; }
  std::string_view secret() const noexcept { return secret_.view(); }
  const seal::OpeningKey& key() const noexcept { return key_; }

 private:
  std::string named() const;

  std::string origin_;
  std::string id_;
  seal::SecretText secret_;
  seal::OpeningKey key_;
};

}  // namespace tocsin::channel
