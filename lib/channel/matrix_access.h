// One account at a Matrix homeserver, as requests name themselves to it. May be used by several
// threads.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "channel/http.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

class MatrixAccess {
 public:
  // `origin`: "https://matrix.example", without a slash at the end.
  MatrixAccess(std::string origin, seal::SecretText token)
      : origin_(std::move(origin)), token_(std::move(token)) {}

  // `target` is what follows "/_matrix/client/v3/", percent-encoded.
  HttpRequest get(std::string_view target) const;
  HttpRequest post(std::string_view target, std::string_view json) const;
  HttpRequest put(std::string_view target, std::string_view json) const;

  // The account's own id, asked for once: the answer says why it is empty.
  std::string self(HttpClient& http, HttpAnswer& answer);

 private:
  HttpRequest with(std::string_view method, std::string_view target, std::string_view json) const;

  std::string origin_;
  seal::SecretText token_;
  std::mutex mutex_;
  std::string self_;
};

}  // namespace tocsin::channel
