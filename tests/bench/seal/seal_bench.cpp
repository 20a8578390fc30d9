// Compares an envelope with its unavoidable operations: two X25519 and one Ed25519 signature to
// seal, one X25519 and one verification to open. Both take turns, so that a busy machine slows
// both, and the best round of each counts. bench_seal [ENVELOPES]
#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "seal/entropy.h"
#include "seal/envelope.h"

namespace tocsin::bench {
namespace {

using base::Bytes;

constexpr std::size_t kPayloadBytes = 400;                 // a request in full
constexpr std::size_t kSignedBytes = kPayloadBytes + 165;  // what an envelope signs with it
constexpr int kRounds = 5;

struct Line {
  std::string_view name;
  std::function<void(std::size_t)> work;
  double best_us = std::numeric_limits<double>::max();
};

class Bench {
 public:
  explicit Bench(std::size_t envelopes) : envelopes_(envelopes) {
    for (std::size_t i = 0; i < envelopes; ++i)
      recipients_.push_back(seal::OpeningKey::generate(random_));
    crypto_sign_keypair(sign_public_.data(), sign_secret_.data());
    crypto_box_keypair(box_public_.data(), box_secret_.data());
    crypto_sign_detached(signature_.data(), nullptr, text_.data(), text_.size(),
                         sign_secret_.data());
  }

  void run() {
    std::vector<Line> lines{
        {"2 X25519", [this](std::size_t) { raw_x25519_twice(); }},
        {"1 Ed25519 signature", [this](std::size_t) { raw_sign(); }},
        {"prepare", [this](std::size_t i) { prepare(i); }},
        {"seal a prepared one", [this](std::size_t i) { seal_prepared(i); }},
        {"1 X25519", [this](std::size_t) { raw_x25519(); }},
        {"1 Ed25519 verification", [this](std::size_t) { raw_verify(); }},
        {"open", [this](std::size_t i) { open(i); }},
    };
    for (int round = 0; round < kRounds; ++round) {
      prepared_.clear();
      sealed_.clear();
      for (Line& line : lines) {
        const base::Stopwatch watch;
        for (std::size_t i = 0; i < envelopes_; ++i) line.work(i);
        line.best_us =
            std::min(line.best_us, watch.seconds() * 1e6 / static_cast<double>(envelopes_));
      }
    }
    for (const Line& line : lines) fmt::print("{:<24} {:>7.1f} us\n", line.name, line.best_us);
    const auto us = [&](std::string_view name) {
      return std::find_if(lines.begin(), lines.end(),
                          [&](const Line& line) { return line.name == name; })
          ->best_us;
    };
    const double seal_floor = us("2 X25519") + us("1 Ed25519 signature");
    const double open_floor = us("1 X25519") + us("1 Ed25519 verification");
    fmt::print("{} envelopes, {} verified, {} opened\n", envelopes_, verified_ / kRounds,
               opened_ / kRounds);
    fmt::print("prepare and seal against their operations   {:.3f}\n",
               (us("prepare") + us("seal a prepared one")) / seal_floor);
    fmt::print("seal a prepared one against all of them     {:.3f}\n",
               us("seal a prepared one") / seal_floor);
    fmt::print("seal a prepared one beyond its signature    {:.1f} us\n",
               us("seal a prepared one") - us("1 Ed25519 signature"));
    fmt::print("open against its operations                 {:.3f}\n", us("open") / open_floor);
  }

 private:
  void raw_x25519() {
    if (crypto_scalarmult(box_public_.data(), box_secret_.data(), box_public_.data()) != 0)
      throw std::logic_error("a key of small order");
  }
  void raw_x25519_twice() {
    crypto_scalarmult_base(box_secret_.data(), box_secret_.data());
    raw_x25519();
  }
  void raw_sign() {
    crypto_sign_detached(signature_.data(), nullptr, text_.data(), text_.size(),
                         sign_secret_.data());
  }
  void raw_verify() {
    verified_ += crypto_sign_verify_detached(signature_.data(), text_.data(), text_.size(),
                                             sign_public_.data()) == 0
                     ? 1u
                     : 0u;
  }

  void prepare(std::size_t i) { prepared_.emplace_back(recipients_[i].sealing_key(), random_); }
  void seal_prepared(std::size_t i) {
    const seal::Header header{seal::Kind::request,
                              seal::Realness::exercise,
                              seal::random_message_id(random_),
                              incident_,
                              now_,
                              now_ + std::chrono::hours{1}};
    sealed_.push_back(seal_envelope(std::move(prepared_[i]), header, payload_, signer_));
  }
  void open(std::size_t i) {
    const auto result = open_envelope(sealed_[i], recipients_[i], now_);
    opened_ += std::holds_alternative<seal::Opened>(result) ? 1u : 0u;
  }

  std::size_t envelopes_;
  seal::Entropy random_;
  seal::SigningKey signer_ = seal::SigningKey::generate(random_);
  seal::MessageId incident_ = seal::random_message_id(random_);
  base::Instant now_{std::chrono::seconds{1'763'850'000}};
  std::vector<seal::OpeningKey> recipients_;
  std::vector<seal::Prepared> prepared_;
  std::vector<Bytes> sealed_;
  Bytes payload_ = Bytes(kPayloadBytes);
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> sign_public_{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> sign_secret_{};
  std::array<unsigned char, crypto_sign_BYTES> signature_{};
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> box_public_{};
  std::array<unsigned char, crypto_box_SECRETKEYBYTES> box_secret_{};
  Bytes text_ = Bytes(kSignedBytes);
  std::size_t verified_ = 0;
  std::size_t opened_ = 0;
};

}  // namespace
}  // namespace tocsin::bench

int main(int argc, char** argv) {
  std::size_t envelopes = 2000;
  if (argc > 1) std::from_chars(argv[1], argv[1] + std::strlen(argv[1]), envelopes);
  tocsin::bench::Bench{std::max<std::size_t>(1, envelopes)}.run();
}
