// YAML through yaml-cpp's events. Its own tree would accept duplicate keys. Its scanner reads ahead
// as long as a bracket is open, so it is given only as much text as memory allows.
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

#include "base/text.h"
#include "document/tree.h"

namespace tocsin::document {

namespace {

// How many bytes the scanner may read ahead of the last event. Each waiting token takes 232 bytes
// of memory (yaml-cpp 0.7).
constexpr std::size_t kLookAhead = std::size_t{64} << 10;

constexpr std::string_view kAlias = "an alias (*name)";
constexpr std::string_view kAliasHint =
    "write it out: aliases are not read; a text that begins with * needs quotes";

// The tree refused to go on and has reported the reason.
struct Refused {};
// The scanner read too far ahead, so its text was cut off. What it says about the rest is ignored.
struct CutOff {};

class EventsToTree final : public YAML::EventHandler {
 public:
  EventsToTree(std::string_view text, TreeBuilder& tree, Findings& findings)
      : lines_(text), tree_(tree), findings_(findings) {}

  std::size_t reached() const noexcept { return reached_; }
  bool is_cut_off() const noexcept { return cut_off_; }
  void cut_off() noexcept { cut_off_ = true; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    refuse(mark, "a second document begins here", "keep one plan in one file");
  }
  void OnDocumentEnd() override {}
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    refuse(mark, std::string{kAlias}, std::string{kAliasHint});
  }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    no_anchor(mark, anchor);
    if (!tree_.null(position(mark))) throw Refused{};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    no_anchor(mark, anchor);
    no_tag(mark, tag);
    if (!tree_.scalar(value, tag == "!", position(mark))) throw Refused{};
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(Kind::sequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { tree_.close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(Kind::mapping, mark, tag, anchor);
  }
  void OnMapEnd() override { tree_.close(); }

  Position position(const YAML::Mark& mark) {
    if (cut_off_) throw CutOff{};
    if (mark.pos > 0) reached_ = std::max(reached_, static_cast<std::size_t>(mark.pos));
    return lines_.at(reached_);
  }

 private:
  void open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    no_anchor(mark, anchor);
    no_tag(mark, tag);
    if (!tree_.open(kind, position(mark))) throw Refused{};
  }
  void no_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0)
      refuse(mark, "an anchor (&name)",
             "write it out: anchors are not read; a text that begins with & needs quotes");
  }
  void no_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!")
      refuse(mark, "a tag (!name)", "leave it out; a text that begins with ! needs quotes");
  }
  [[noreturn]] void refuse(const YAML::Mark& mark, std::string message, std::string hint) {
    findings_.error(tree_.place(position(mark)), std::move(message), std::move(hint));
    throw Refused{};
  }

  LineCounter lines_;
  TreeBuilder& tree_;
  Findings& findings_;
  std::size_t reached_ = 0;
  bool cut_off_ = false;
  int documents_ = 0;
};

// Gives the scanner the text in pieces, and an early end when the scanner reads too far ahead.
class MeteredText final : public std::streambuf {
 public:
  MeteredText(std::string_view text, EventsToTree& events) : text_(text), events_(events) {
    // streambuf takes a pointer to mutable characters, but nothing here writes through it.
    char* begin = const_cast<char*>(text.data());
    setg(begin, begin, begin);
  }

 protected:
  int_type underflow() override {
    const auto given = static_cast<std::size_t>(egptr() - eback());
    if (given == text_.size()) return traits_type::eof();
    if (given > events_.reached() + kLookAhead) {
      events_.cut_off();
      return traits_type::eof();
    }
    setg(eback(), gptr(), egptr() + std::min(kPiece, text_.size() - given));
    return traits_type::to_int_type(*gptr());
  }

 private:
  static constexpr std::size_t kPiece = 2048;
  std::string_view text_;
  EventsToTree& events_;
};

std::string_view line_of(std::string_view text, int line) {
  for (; line > 0 && !text.empty(); --line) {
    const auto end = text.find('\n');
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

// YAML 1.2, 7.4.2: a key on the line of its value, which is sought so far back.
constexpr int kLongestKey = 1024;  // characters

std::string hint_for(std::string_view message, std::string_view line, int column) {
  const auto indent = line.substr(0, line.find_first_not_of(" \t"));
  if (indent.find('\t') != std::string_view::npos) return "indent with spaces, not with tabs";
  if (column > kLongestKey) return fmt::format("a key has at most {} characters", kLongestKey);
  if (message.find("map value") != std::string_view::npos)
    return "a text that contains \": \" needs quotes; otherwise check the indentation";
  if (message.find("EOF") != std::string_view::npos) return "is a quote left open?";
  return "check indentation, quotes and brackets here and in the line above";
}

}  // namespace

bool parse_yaml_text(std::string_view text, TreeBuilder& tree, Findings& findings) {
  EventsToTree events{text, tree, findings};
  MeteredText metered{text, events};
  std::istream stream{&metered};
  try {
    YAML::Parser parser{stream};
    const bool any = parser.HandleNextDocument(events);
    if (any && !events.is_cut_off())
      parser.HandleNextDocument(events);  // refused when there is one
    if (any && !events.is_cut_off()) return true;
    if (!any && !events.is_cut_off())
      findings.error(tree.place({}), "the file says nothing", "only comments stand in it");
  } catch (const Refused&) {
    return false;
  } catch (const CutOff&) {
    // Reported below.
  } catch (const YAML::Exception& error) {
    if (!events.is_cut_off()) {
      const std::size_t offset =
          error.mark.is_null() ? events.reached() : static_cast<std::size_t>(error.mark.pos);
      const Position at = LineCounter{text}.at(offset);
      // yaml-cpp looks for the anchor of an alias before it tells of the alias.
      if (error.msg == YAML::ErrorMsg::UNKNOWN_ANCHOR)
        findings.error(tree.place(at), std::string{kAlias}, std::string{kAliasHint});
      else
        findings.error(tree.place(at), fmt::format("not YAML: {}", shown(error.msg)),
                       hint_for(error.msg, line_of(text, static_cast<int>(at.line) - 1),
                                static_cast<int>(at.column)));
    }
  }
  if (events.is_cut_off())
    findings.error(
        tree.place(LineCounter{text}.at(events.reached())),
        fmt::format("more than {} KB without an end to what begins here", kLookAhead >> 10),
        "is a bracket or a quote left open? Write long lists with dashes");
  return false;
}

}  // namespace tocsin::document
