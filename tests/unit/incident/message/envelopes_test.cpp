#include "incident/message/envelopes.h"

#include <gtest/gtest.h>

#include "seal/entropy.h"

namespace tocsin::incident {
namespace {

using base::Instant;
using base::Minutes;

TEST(Envelopes, WhatWasPreparedServesOnce) {
  seal::Entropy entropy;
  const seal::Identity coordinator = seal::Identity::generate(entropy);
  const seal::Identity incident = seal::Identity::generate(entropy);
  const seal::Identity device = seal::Identity::generate(entropy);
  const SealedEnvelopes envelopes{coordinator.signing, incident.opening};
  const Instant now{Minutes{29'000'000}};
  const seal::Header header{seal::Kind::request, seal::Realness::exercise, {}, {}, now,
                            now + Minutes{60}};

  EXPECT_TRUE(envelopes.prepare(device.opening.sealing_key()));
  EXPECT_FALSE(envelopes.prepare(device.opening.sealing_key()));
  std::vector<base::Bytes> sealed;
  for (int i = 0; i < 3; ++i)
    sealed.push_back(
        envelopes.seal(device.opening.sealing_key(), header, base::bytes_of("come in")));
  for (const base::Bytes& envelope : sealed) {
    const auto opened = seal::open_envelope(envelope, device.opening, now);
    ASSERT_TRUE(std::holds_alternative<seal::Opened>(opened));
    EXPECT_EQ(base::text_of(std::get<seal::Opened>(opened).payload), "come in");
  }
  // If a key and nonce were used twice, these bytes would be equal.
  EXPECT_NE(sealed[0], sealed[1]);
  EXPECT_NE(sealed[1], sealed[2]);
  EXPECT_TRUE(envelopes.prepare(device.opening.sealing_key()));
}

}  // namespace
}  // namespace tocsin::incident
