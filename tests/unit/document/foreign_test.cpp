#include "document/foreign.h"

#include <gtest/gtest.h>

#include <string>

namespace tocsin::document {
namespace {

using namespace std::string_view_literals;

std::string_view what(std::string_view bytes) {
  const auto foreign = foreign_form(bytes);
  if (foreign) {
    EXPECT_FALSE(foreign->way_out.empty());
  }
  return foreign ? foreign->what : "";
}

std::string wide(std::string_view text, bool little) {
  std::string out;
  for (const char c : text) out += little ? std::string{c, '\0'} : std::string{'\0', c};
  return out;
}

// The beginnings of files as the programs write them.
TEST(Foreign, EachKindIsNamed) {
  const std::string zip = "PK\x03\x04\x14";
  EXPECT_EQ(what(zip + "[Content_Types].xml...xl/workbook.xml"), "an Excel workbook (.xlsx)");
  EXPECT_EQ(what(zip + "mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK"),
            "an OpenDocument file (.ods)");
  EXPECT_EQ(what(zip + "Index/Document.iwa"), "a Numbers spreadsheet");
  EXPECT_EQ(what(zip + "[Content_Types].xml word/document.xml"), "a Word document (.docx)");
  EXPECT_EQ(what(zip + "photo.jpg"), "a ZIP archive, as workbooks are");
  const std::string compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
  EXPECT_EQ(what(compound + wide("Workbook", true)), "an old Excel workbook (.xls)");
  EXPECT_EQ(what(compound + wide("EncryptedPackage", true)), "an Excel workbook with a password");
  EXPECT_EQ(what("%PDF-1.7\n"), "a PDF");
  EXPECT_EQ(what("\x1f\x8b\x08"), "a compressed file");
  for (const char* page :
       {"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", "  <table><tr><td>ID",
        "<!DOCTYPE html>\n<html>", "\xef\xbb\xbf<HTML><HEAD>", "<meta charset=utf-8><table>"})
    EXPECT_EQ(what(page), "a web page (some systems name one .xls)") << page;
  EXPECT_EQ(what("<?xml version=\"1.0\"?>\n<Workbook "
                 "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"),
            "an XML spreadsheet of Excel");
  EXPECT_EQ(what("<?xml version=\"1.0\"?><staff>"), "an XML file");
  EXPECT_EQ(what("{\\rtf1\\ansi"), "a text document (RTF)");
  EXPECT_EQ(what("BEGIN:VCARD\r\n"), "a file of contacts (vCard)");
  EXPECT_EQ(what("BEGIN:VCALENDAR\r\n"), "a calendar (iCalendar)");
}

TEST(Foreign, WideEncodingsAreNamedWithAndWithoutAMark) {
  EXPECT_EQ(what("\xff\xfe" + wide("a,b", true)), "UTF-16");
  EXPECT_EQ(what("\xfe\xff" + wide("a,b", false)), "UTF-16");
  EXPECT_EQ(what(wide("Employee Number\tDate", true)), "UTF-16");
  EXPECT_EQ(what(wide("Employee Number\tDate", false)), "UTF-16");
  EXPECT_EQ(what("\xff\xfe\0\0a\0\0\0"sv), "UTF-32");
}

TEST(Foreign, TablesAreNot) {
  for (const std::string_view text :
       {""sv, "a,b\n1,2\n"sv, "\xef\xbb\xbf\"a\",b\n"sv, "<5 min,b\n"sv, "PK,b\n"sv, "%,b\n"sv,
        "id,note\n1,<html>\n"sv, "a\0b\n"sv})
    EXPECT_EQ(what(text), "") << text;
}

}  // namespace
}  // namespace tocsin::document
