// Who calls a device in these tests: an organisation, its coordinator and one incident.
#pragma once

#include <gtest/gtest.h>

#include <utility>

#include "base/clock.h"
#include "incident/message/payload.h"
#include "seal/certificate.h"
#include "seal/entropy.h"
#include "seal/envelope.h"

namespace tocsin::device {

struct Caller {
  seal::Entropy random;
  base::VirtualClock clock{*base::from_rfc3339("2026-11-22T22:40:00Z")};
  seal::Identity organisation = seal::Identity::generate(random);
  seal::Identity enrolment = seal::Identity::generate(random);
  seal::Identity coordinator = seal::Identity::generate(random);
  seal::Identity incident = seal::Identity::generate(random);
  seal::MessageId incident_id = seal::random_message_id(random);

  seal::Certificate certify(seal::Role role, const seal::Identity& subject) const {
    return seal::issue_certificate(organisation.signing, role, subject.public_identity(),
                                   "Dr A. Okafor", 1, clock.now() - std::chrono::hours{1},
                                   clock.now() + std::chrono::hours{24});
  }
  seal::Header header(seal::Kind kind = seal::Kind::request) {
    seal::Header header;
    header.kind = kind;
    header.realness = seal::Realness::exercise;
    header.id = seal::random_message_id(random);
    header.incident = incident_id;
    header.created = clock.now();
    header.expires = clock.now() + std::chrono::hours{4};
    return header;
  }
  incident::Notice notice() const {
    incident::Notice notice;
    notice.incident = "EX-1";
    notice.organisation = "St Bride's";
    notice.caller = "Dr A. Okafor";
    notice.text = "Please come";
    notice.keep_until = clock.now() + std::chrono::days{2};
    notice.reply_to = incident.public_identity();
    notice.certificate = certify(seal::Role::tactical, coordinator);
    return notice;
  }
  base::Bytes seal_for(const seal::PublicIdentity& device, const seal::Header& header,
                       const incident::Notice& notice) {
    return seal_for(device, header, notice, coordinator);
  }
  base::Bytes seal_for(const seal::PublicIdentity& device, const seal::Header& header,
                       const incident::Notice& notice, const seal::Identity& signer) {
    return seal::seal_envelope(seal::Prepared{device.seal, random}, header,
                               incident::encode(notice), signer.signing);
  }
};

}  // namespace tocsin::device
