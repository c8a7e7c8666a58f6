# Reading documents: why a file can't be read, and the next step. Keys follow the code:
# documents.read.scanned_pdf is documents-read-scanned-pdf.

documents-read-scanned-pdf = All { $pages } pages of this PDF are scanned pictures; there is no text to read.
documents-read-scanned-pdf-next = Ask the drafting unit for the Word file (.docx). If only the scan exists, run character recognition over it, check the result and upload the PDF with text.

documents-read-encrypted-pdf = This PDF wants a password and can't be read.
documents-read-encrypted-pdf-next = Open it with its password, choose File → Print → Save as PDF, and upload the PDF without password.

documents-read-encrypted-office = This file wants a password and can't be read.
documents-read-encrypted-office-next = Open it with its password, choose File → Info → Protect Document (Protect Workbook) → Encrypt with Password (WPS: File → Encrypt), clear the password, save and upload again.

documents-read-broken-zip =
    { $part ->
        [none] The file is incomplete: the directory of the package is missing. A download or copy was probably cut off.
       *[other] The file is damaged: { $part } in it can't be unpacked.
    }
documents-read-broken-zip-next = Download or copy the original again. If that does not help, open it in Word or WPS, let it be repaired, save it as .docx or .xlsx and upload that.

documents-read-broken-xml = The file is damaged: { $part } is malformed at line { $line }.
documents-read-broken-xml-next = Open it in Word or WPS, let it be repaired, choose File → Save As and upload the new .docx or .xlsx.

documents-read-missing-part = The file is damaged: { $part } is missing.
documents-read-missing-part-next = Open it in Word or WPS, let it be repaired, choose File → Save As and upload the new .docx or .xlsx.

documents-read-foreign-definition = { $part } holds external definitions, which office files never have; for safety it was not read.
documents-read-foreign-definition-next = Open it in Word or WPS, choose File → Save As and upload the new .docx or .xlsx.

documents-read-broken-pdf =
    { $page ->
        [none] This PDF is damaged and can't be read.
       *[other] Page { $page } of this PDF is damaged and can't be read.
    }
documents-read-broken-pdf-next = Download it again. If that does not help, open it in a reader, choose Print → Save as PDF and upload that, or use the Word file (.docx).

documents-read-broken-spreadsheet =
    { $sheet ->
        [none] This spreadsheet is damaged and can't be read.
       *[other] The sheet “{ $sheet }” of this spreadsheet is damaged and can't be read.
    }
documents-read-broken-spreadsheet-next = Open it in Excel or WPS Spreadsheets, let it be repaired, choose File → Save As and upload the new .xlsx.

documents-read-legacy-word = This is an old Word document (.doc) and can't be read as it is.
documents-read-legacy-word-next = Open it in Word or WPS, choose File → Save As, take the type Word Document (*.docx) and upload the new .docx file.

documents-read-legacy-wps = This is a WPS Writer document (.wps) and can't be read as it is.
documents-read-legacy-wps-next = Open it in WPS Writer, choose File → Save As, take the type Microsoft Word (*.docx) and upload the new .docx file.

documents-read-legacy-et = This is a WPS spreadsheet (.et) and can't be read as it is.
documents-read-legacy-et-next = Open it in WPS Spreadsheets, choose File → Save As, take the type Microsoft Excel (*.xlsx) and upload the new .xlsx file.

documents-read-zip-bomb = Unpacked, the file grows more than { $ratio } times; no office file does. For safety it was not read.
documents-read-zip-bomb-next = Check where the file comes from. Open it in Word or WPS, save it as a new .docx or .xlsx and upload that.

documents-read-too-large =
    { $what ->
        [bytes] The file is larger than { $limit } MB.
        [cells] The tables have more than { $limit } cells.
        [pages] The file has more than { $limit } pages.
        [parts] The file consists of more than { $limit } parts.
        [depth] The file nests more than { $limit } levels deep; no office file does.
       *[other] The file exceeds the limit of { $limit }.
    }
documents-read-too-large-next = Remove pictures and unrelated sheets, or split the file, and upload the pieces.

documents-read-binary = From byte { $offset } on the file is no text in any common encoding.
documents-read-binary-next = Check that it is the right file. If it is a text, open it in an editor, save it with the encoding UTF-8 and upload that.

documents-read-empty = The file is empty: there is no text in it.
documents-read-empty-next = Check that it is the right file and shows text when opened.

documents-read-unknown-kind =
    { $found ->
        [png] This is a picture (.png), no document.
        [jpg] This is a picture (.jpg), no document.
        [gif] This is a picture (.gif), no document.
        [bmp] This is a picture (.bmp), no document.
        [tif] This is a picture (.tif), no document.
        [ppt] These are slides, which can't be read as a plan.
        [pptx] These are slides, which can't be read as a plan.
        [rtf] This is an RTF document, which can't be read yet.
        [odf] This is an OpenDocument file, which can't be read yet.
        [xlsb] This is a binary Excel workbook (.xlsb), which can't be read yet.
        [mht] This is a packed web page (.mht), which can't be read yet.
        [wordml] This is a Word 2003 XML document, which can't be read yet.
        [zip] This is an archive, no single document.
        [rar] This is an archive, no single document.
        [sevenzip] This is an archive, no single document.
        [gz] This is an archive, no single document.
       *[other] This kind of file ({ $found }) is not known.
    }
documents-read-unknown-kind-next = Files that can be read: .docx, .xlsx, .xls, PDF with text, OFD, web pages (.html) and text (.txt, .md, .csv). Unpack it, or save it as one of these, and upload that.

documents-read-too-slow = Reading took more than { $seconds } seconds and was stopped.
documents-read-too-slow-next = Split the file, or open it in Word or WPS, save it as a new .docx or .xlsx and upload that.

documents-read-died = The file made the reading process stop ({ $how }); nothing was read. Everything else goes on.
documents-read-died-next = Open it in the program that made it, save it as a new .docx, .xlsx or PDF and upload that. If that does not help, give the file to the administrator.
