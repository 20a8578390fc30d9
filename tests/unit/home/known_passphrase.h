// A known passphrase, and a keyring for one test.
#pragma once

#include <map>
#include <string>

#include "home/keyring.h"
#include "home/passphrase.h"

namespace tocsin::home {

class KnownPassphrase final : public PassphraseSource {
 public:
  enum class Named { no, yes };
  explicit KnownPassphrase(std::string text, Named named = Named::no)
      : text_(std::move(text)), named_(named) {}
  Passphrase ask(std::string_view) override {
    ++asked_;
    return Passphrase{text_};
  }
  Passphrase ask_new(std::string_view what) override { return ask(what); }
  bool is_named() const noexcept override { return named_ == Named::yes; }
  int asked() const { return asked_; }

 private:
  std::string text_;
  Named named_;
  int asked_ = 0;
};

class MapOfKeys final : public KeyCache {
 public:
  std::optional<base::Bytes> find(std::string_view name) override {
    const auto found = keys.find(std::string{name});
    return found == keys.end() ? std::nullopt : std::optional{found->second};
  }
  void keep(std::string_view name, base::ByteView secret, std::chrono::seconds life) override {
    keys[std::string{name}] = {secret.begin(), secret.end()};
    last_life = life;
  }
  bool forget(std::string_view name) override { return keys.erase(std::string{name}) > 0; }

  std::map<std::string, base::Bytes> keys;
  std::chrono::seconds last_life{0};
};

}  // namespace tocsin::home
