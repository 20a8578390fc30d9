#include "incident/message/payload.h"

#include <nlohmann/json.hpp>

namespace tocsin::incident {

namespace {

using nlohmann::json;

constexpr std::size_t kLongestText = 4000;

std::optional<std::string> text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return std::string{};
  if (!found->is_string()) return std::nullopt;
  const auto& text = found->get_ref<const std::string&>();
  return text.size() <= kLongestText ? std::optional{text} : std::nullopt;
}

std::optional<playbook::MessageKind> kind_of(std::string_view text) {
  for (std::size_t i = 0; i < playbook::kMessageKinds; ++i) {
    const auto kind = static_cast<playbook::MessageKind>(i);
    if (playbook::to_text(kind) == text) return kind;
  }
  return std::nullopt;
}

std::optional<seal::PublicIdentity> identity_of(std::string_view text) {
  const auto bytes = base::from_base64url(text);
  if (!bytes) return std::nullopt;
  base::ByteReader in{*bytes};
  const seal::PublicIdentity identity = seal::read_public_identity(in);
  return in.done() ? std::optional{identity} : std::nullopt;
}

std::string text_of(const seal::PublicIdentity& identity) {
  base::ByteWriter out;
  seal::write(out, identity);
  return base::to_base64url(out.bytes());
}

// Never throws. The length of a payload limits how deep the parser recurses.
std::optional<json> object_of(base::ByteView payload) {
  json object = json::parse(payload.begin(), payload.end(), nullptr, false);
  return object.is_object() ? std::optional{std::move(object)} : std::nullopt;
}

}  // namespace

base::Bytes encode(const Notice& notice) {
  json object = {{"kind", playbook::to_text(notice.kind)},
                 {"incident", notice.incident},
                 {"organisation", notice.organisation},
                 {"caller", notice.caller},
                 {"text", notice.text},
                 {"site", notice.site},
                 {"keep_until", base::to_rfc3339(notice.keep_until)},
                 {"reply_to", text_of(notice.reply_to)},
                 {"certificate", base::to_base64url(seal::encode(notice.certificate))}};
  if (!notice.area.empty()) {
    object["area"] = notice.area;
    object["role"] = notice.role;
    object["report_to"] = notice.report_to;
    object["shift"] = notice.shift;
    if (notice.is_relief) object["relief"] = true;
  }
  if (!notice.switchboard.empty()) object["switchboard"] = notice.switchboard;
  if (notice.by) object["by"] = base::to_rfc3339(*notice.by);
  if (notice.ended) object["ended"] = base::to_rfc3339(*notice.ended);
  const std::string text = object.dump(-1, ' ', false, json::error_handler_t::replace);
  const base::ByteView bytes = base::bytes_of(text);
  return {bytes.begin(), bytes.end()};
}

std::optional<Notice> decode_notice(base::ByteView payload) {
  const auto object = object_of(payload);
  if (!object) return std::nullopt;
  const auto field = [&](const char* key) { return text_at(*object, key); };
  const auto kind_text = field("kind");
  const auto kind = kind_text ? kind_of(*kind_text) : std::nullopt;
  const auto reply_text = field("reply_to");
  const auto reply_to = reply_text ? identity_of(*reply_text) : std::nullopt;
  const auto certificate_text = field("certificate");
  const auto certificate_bytes =
      certificate_text ? base::from_base64url(*certificate_text) : std::nullopt;
  const auto certificate =
      certificate_bytes ? seal::decode_certificate(*certificate_bytes) : std::nullopt;
  if (!kind || !reply_to || !certificate) return std::nullopt;

  Notice notice;
  notice.kind = *kind;
  notice.reply_to = *reply_to;
  notice.certificate = *certificate;
  const std::pair<const char*, std::string*> texts[] = {
      {"incident", &notice.incident},   {"organisation", &notice.organisation},
      {"caller", &notice.caller},       {"text", &notice.text},
      {"area", &notice.area},           {"role", &notice.role},
      {"report_to", &notice.report_to}, {"shift", &notice.shift},
      {"site", &notice.site},           {"switchboard", &notice.switchboard}};
  for (const auto& [key, target] : texts) {
    auto text = field(key);
    if (!text) return std::nullopt;
    *target = std::move(*text);
  }
  const std::pair<const char*, std::optional<base::Instant>*> times[] = {{"by", &notice.by},
                                                                         {"ended", &notice.ended}};
  for (const auto& [key, target] : times) {
    const auto text = field(key);
    if (!text) return std::nullopt;
    if (text->empty()) continue;
    *target = base::from_rfc3339(*text);
    if (!*target) return std::nullopt;
  }
  const auto relief = object->find("relief");
  notice.is_relief = relief != object->end() && *relief == true;
  const auto until = field("keep_until");
  const auto keep_until = until ? base::from_rfc3339(*until) : std::nullopt;
  if (!keep_until) return std::nullopt;
  notice.keep_until = *keep_until;
  return notice;
}

base::Bytes encode(const Reply& reply) {
  json object = {{"answer", to_text(reply.answer)}};
  if (reply.when) object["when"] = base::to_rfc3339(*reply.when);
  const std::string text = object.dump();
  const base::ByteView bytes = base::bytes_of(text);
  return {bytes.begin(), bytes.end()};
}

std::optional<Reply> decode_reply(base::ByteView payload) {
  const auto object = object_of(payload);
  if (!object) return std::nullopt;
  const auto answer_text = text_at(*object, "answer");
  const auto answer = answer_text ? answer_from_text(*answer_text) : std::nullopt;
  const auto when_text = text_at(*object, "when");
  if (!answer || !when_text) return std::nullopt;
  Reply reply{*answer, std::nullopt};
  if (!when_text->empty()) {
    reply.when = base::from_rfc3339(*when_text);
    if (!reply.when) return std::nullopt;
  }
  const bool needs_time = reply.answer == Answer::coming || reply.answer == Answer::later;
  return needs_time == reply.when.has_value() ? std::optional{reply} : std::nullopt;
}

}  // namespace tocsin::incident
