#include "device/message.h"

#include <utility>
#include <variant>

namespace tocsin::device {

namespace {

bool is_from_coordinators(seal::Kind kind) {
  return kind == seal::Kind::request || kind == seal::Kind::decision || kind == seal::Kind::update;
}

}  // namespace

std::optional<Message> open_message(base::ByteView envelope, const seal::OpeningKey& own,
                                    const seal::VerifyKey& organisation, base::Instant now) {
  auto result = seal::open_envelope(envelope, own, now);
  const auto* opened = std::get_if<seal::Opened>(&result);
  if (opened == nullptr || !is_from_coordinators(opened->header.kind)) return std::nullopt;
  auto notice = incident::decode_notice(opened->payload);
  if (!notice || notice->certificate.subject.verify != opened->signer ||
      !seal::is_coordinator(notice->certificate.role) ||
      !seal::is_valid(notice->certificate, organisation, now))
    return std::nullopt;
  return Message{opened->header, std::move(*notice)};
}

}  // namespace tocsin::device
