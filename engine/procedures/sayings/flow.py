"""Findings of reading a diagram, in Indonesian. Their English is in `engine/flow`, whose errors and logs are told in it too."""

from __future__ import annotations

INDONESIAN = {
    "process.not_xml": "Gambar ini tidak dapat dibaca. Ini bukan berkas XML yang dapat dibaca: {reason}. Simpan ulang di alat "
    "penggambarnya, lalu masukkan lagi.",
    "process.doctype": "Gambar ini tidak dapat dibaca: berkasnya menyebut jenis dokumen. Simpan ulang tanpa itu (baris <!DOCTYPE …>).",
    "process.not_bpmn": "Berkas ini bukan gambar layanan: awalnya {element}. Pilih berkas BPMN 2.0 (bpmn:definitions).",
    "process.misplaced": "“{name}” berada di dalam sesuatu yang bukan bagian layanan; keluarkan, lalu gambar lagi ({element} {id}).",
    "process.too_large": "Gambar ini berukuran {size} byte; paling besar {limit}. Perkecil, atau bagi menjadi beberapa layanan.",
    "process.none": "Berkas ini tidak berisi proses: belum ada yang digambar. Awali dengan “Mulai”.",
    "process.too_deep": "“{name}” berada di dalam lebih dari {limit} subproses; gambar lebih datar, atau akhiri satu bagian dulu.",
    "process.several": "Lebih dari satu proses bisa menjadi layanan ini ({keys}); simpan yang dimaksud, atau biarkan ia memakai yang lain "
    "sebagai bagian.",
    "process.not_executable": "Gambar “{name}” ditandai hanya digambar, tidak dijalankan; tandai dapat dijalankan di alat penggambarnya "
    "(isExecutable pada {key}).",
    "process.no_id": "Sesuatu dalam gambar tidak punya kunci; keluarkan, lalu gambar lagi ({element} tanpa id).",
    "process.duplicate_id": "Id {id} dipakai dua kali: “{name}” memakainya bersama yang lain. Keluarkan salah satunya, lalu gambar lagi.",
    "process.reserved_id": "“{name}” punya kunci yang dipakai sendiri oleh mesin; keluarkan, lalu gambar lagi (id {id}).",
    "process.bad_id": "“{name}” punya kunci dengan tanda selain huruf, angka, “_”, “-”, dan “.”; keluarkan, lalu gambar lagi (id {id}).",
    "process.unsupported": "“{name}” tidak dapat dijalankan seperti digambar: {cure} ({element} tidak didukung).",
    "process.foreign": "“{name}” memuat sesuatu untuk mesin lain, yang tidak dibaca siapa pun di sini. Di perancang, pilih langkah ini "
    "dan keluarkan pada “Hanya di berkas” ({element}).",
    "process.zeebe_unknown": "“{name}” memuat sesuatu yang tidak dibaca siapa pun di sini. Di perancang, pilih langkah ini dan keluarkan "
    "pada “Hanya di berkas” (zeebe:{element}).",
    "process.zeebe_attribute": "“{name}” menyebut sesuatu dengan cara yang tidak dibaca di sini: {cure} ({element} {attribute}).",
    "process.expression_not_allowed": "“{name}” menghitung yang di sini harus disebut langsung: {cure} ({attribute}).",
    "process.code": "“{name}” berisi skrip, dan di sini tidak ada program yang dijalankan. Ganti dengan “Langkah otomatis” atau “Tabel "
    "keputusan” (script).",
    "process.no_expression": "“{name}” menghitung sesuatu, tetapi belum disebut apa. Ganti dengan “Tabel keputusan” (zeebe:script dengan "
    "expression dan resultVariable).",
    "process.no_decision": "“{name}” belum punya tabel. Di perancang, pilih langkah ini dan jawab “Tabel keputusan yang mana?”.",
    "process.no_action": "“{name}” adalah langkah otomatis yang belum menyebut apa yang terjadi. Di perancang, pilih langkah ini dan "
    "jawab “Apa yang terjadi?”.",
    "process.no_message": "“{name}” menunggu atau mengirim kabar yang tidak bernama. Di perancang, pilih langkah ini dan jawab “Kabar apa "
    "yang ditunggu?”; bila itu tidak ditanyakan, ganti dengan “Menunggu kabar”.",
    "process.no_signal": "“{name}” menunggu atau mengirim sesuatu yang tidak bernama. Beri nama di alat penggambarnya, atau ganti dengan "
    "“Menunggu kabar” (signal).",
    "process.no_link": "“{name}” melompat ke tempat yang belum disebut. Keluarkan, dan biarkan langkah sebelumnya menuju ke sana (link "
    "event).",
    "process.link_target": "“{name}” melompat ke “{link}”, yang harus ada tepat satu di bagian layanan yang sama. Keluarkan, dan biarkan "
    "langkah sebelumnya menuju ke sana (link event).",
    "process.link_flow": "“{name}” melompat, dan sebuah jalan digambar di sisinya yang salah. Keluarkan, lalu gambar jalannya (link "
    "event).",
    "process.no_condition": "“{name}” menunggu sampai sesuatu terpenuhi, tetapi belum disebut apa. Ganti dengan “Pilihan jalan”, dengan "
    "itu sebagai syaratnya (conditional event).",
    "process.no_code": "“{name}” mengakhiri atau menangkap sesuatu yang tidak bernama. Beri kode di alat penggambarnya, atau ganti dengan "
    "jalan menuju akhir ({event} event).",
    "process.not_caught": "“{name}” menghentikan satu bagian layanan ({code}), dan tidak ada yang melanjutkannya dari sana. Ganti dengan "
    "jalan menuju akhir, atau tangkap di tepi bagian itu.",
    "process.never_thrown": "“{name}” menunggu {code}, yang tidak pernah dikirim di dalam “{host}”. Keluarkan, atau kirim di sana.",
    "process.no_start_event": "“{name}” memulai sesuatu di samping perkara, tetapi belum disebut kapan. Keluarkan, atau sebut kapan di "
    "alat penggambarnya.",
    "process.flow_beside": "“{name}” dimulai sendiri bila sesuatu terjadi, jadi tidak boleh ada jalan menuju atau dari sana. Keluarkan "
    "jalan itu.",
    "process.race_of_one": "“{name}” menunggu yang terjadi lebih dulu, padahal kurang dari dua hal dapat terjadi. Keluarkan, atau tambah "
    "satu jalan (event-based gateway).",
    "process.race_target": "“{name}” menunggu yang terjadi lebih dulu, dan “{target}” bukan sesuatu yang terjadi. Biarkan ia hanya menuju "
    "“Menunggu waktu” dan “Menunggu kabar” yang tidak dituju jalan lain (event-based gateway).",
    "process.no_collection": "“{name}” dilakukan beberapa kali, tetapi belum disebut untuk apa. Di perancang, pilih langkah ini dan "
    "keluarkan itu pada “Hanya di berkas”; di berkas, beri daftar, misalnya = application.points (inputCollection).",
    "process.loop_result": "“{name}” dilakukan beberapa kali, dan hasilnya hanya disebut separuh. Di perancang, pilih langkah ini dan "
    "keluarkan itu pada “Hanya di berkas”; di berkas, sebut keduanya atau tidak sama sekali (outputCollection, outputElement).",
    "process.loop_not_feel": "“{name}” dilakukan beberapa kali, dan “{text}” bukan rumus: harus diawali “=”. Di perancang, pilih langkah "
    "ini dan keluarkan itu pada “Hanya di berkas”.",
    "process.loop_name": "“{name}” dilakukan beberapa kali, dan “{word}” tidak dapat menjadi nama: ada tanda selain huruf, angka, dan "
    "“_”. Di perancang, pilih langkah ini dan keluarkan itu pada “Hanya di berkas”.",
    "process.loop_limit": "“{name}” diulang paling banyak {limit} kali; itu harus angka 1 sampai 999. Di perancang, pilih langkah ini dan "
    "keluarkan itu pada “Hanya di berkas” (loopMaximum).",
    "process.loop_endless": "“{name}” diulang terus, dan tidak disebut sampai kapan. Di perancang, pilih langkah ini dan keluarkan itu "
    "pada “Hanya di berkas”; di berkas, beri syarat atau jumlah paling banyak (loopCondition, loopMaximum).",
    "process.event_not_feel": "“{name}” menunggu “{text}”, yang bukan rumus: harus diawali “=”. Ganti dengan “Pilihan jalan” atau "
    "“Menunggu kabar”.",
    "process.undo_nothing": "“{name}” menyebut bahwa langkahnya dapat dibatalkan, tetapi tidak oleh langkah mana. Keluarkan, atau gambar "
    "satu garis putus-putus ke langkah itu (association).",
    "process.undo_host": "“{name}” menempel pada “{host}”, yang tidak dapat dibatalkan: hanya langkah yang dilakukan sekali, oleh satu "
    "langkah lain. Keluarkan.",
    "process.undo_handler": "“{name}” membatalkan langkah lain, jadi harus berupa langkah, tanpa jalan menuju atau dari sana. Keluarkan "
    "jalan itu.",
    "process.undo_alone": "“{name}” dimaksudkan membatalkan langkah lain, tetapi tidak disebut yang mana. Keluarkan, atau gambar "
    "pembatalannya sebagai langkah di jalannya.",
    "process.undo_several": "“{name}” membatalkan yang dilakukan sekali untuk setiap anggota. Keluarkan, atau gambar di dalam bagian yang "
    "diulang.",
    "process.undo_unknown": "“{name}” membatalkan {what}, yang tidak ada, atau yang tidak punya pembatalan. Keluarkan, atau gambar "
    "pembatalannya sebagai langkah.",
    "process.no_event": "“{name}” menunggu, tetapi belum disebut apa. Ganti dengan “Menunggu waktu” atau “Menunggu kabar”; pada sebuah "
    "langkah, “Jika terlambat”.",
    "process.no_time": "“{name}” menunggu waktu yang belum disebut. Di perancang, pilih langkah ini dan sebut berapa lama: pada “Tunggu "
    "selama”, atau pada “Jika tidak ada jawaban selama”.",
    "process.several_events": "“{name}” menunggu atau mengirim lebih dari satu hal sekaligus. Ganti dengan satu langkah untuk "
    "masing-masing.",
    "process.no_part": "“{name}” mewakili proses lain, yang tidak ada. Keluarkan, lalu gambar langkah-langkah yang dimaksud (callActivity "
    "{part}).",
    "process.part_calls_itself": "“{name}” mewakili proses lain, yang mewakilinya lagi dan tidak akan pernah selesai. Keluarkan, dan "
    "biarkan sebuah jalan kembali (callActivity {part}).",
    "process.start": "“{name}” punya {count} awal, padahal harus tepat satu “Mulai”. Taruh satu di sana, atau keluarkan yang lain.",
    "process.end": "“{name}” tidak punya akhir. Di perancang, tambah “Akhir” sesudah langkah terakhirnya.",
    "process.flow_ends": "Salah satu ujungnya bukan langkah di bagian layanan yang sama; gambar di antara dua langkah di satu bagian, "
    "atau keluarkan.",
    "process.flow_loose": "Sebuah jalan tidak berawal atau tidak berujung pada langkah; gambar dari satu langkah ke langkah lain, atau "
    "keluarkan (sequence flow {id}).",
    "process.same_flow": "Dua jalan menghubungkan “{source}” ke “{target}”; keluarkan salah satunya.",
    "process.into_start": "Sebuah jalan kembali ke awal “{name}”. Biarkan jalan itu menuju langkah sesudah awal.",
    "process.out_of_end": "“{name}” adalah akhir, tetapi sebuah jalan keluar dari sana. Keluarkan jalan itu, atau taruh langkah sebagai "
    "gantinya.",
    "process.into_boundary": "“{name}” menempel pada sebuah langkah dan dimulai sendiri, jadi tidak boleh ada jalan menuju ke sana. "
    "Biarkan jalan itu menuju tempat lain.",
    "process.dead_end": "“{name}” tidak menuju ke mana-mana. Di perancang, pilih langkah ini dan sebut lanjutannya: pada “Lalu berlanjut "
    "ke”, atau, pada pilihan, pada “Satu jalan lagi ke”.",
    "process.fork": "“{name}” punya {count} jalan keluar, dan tidak disebut mana yang diambil. Taruh “Pilihan jalan” sesudahnya, atau "
    "“Beberapa hal bersamaan” bila semuanya diambil, lalu gambar jalannya dari sana.",
    "process.condition_ignored": "Jalan ini punya syarat, padahal “{source}” bukan pilihan, sehingga syaratnya tidak dilihat. Keluarkan "
    "jalan ini, lalu gambar lagi, atau taruh “Pilihan jalan” sesudah “{source}”.",
    "process.condition_missing": "Jalan ini keluar dari “{source}” tanpa syarat. Di perancang, pilih jalan ini dan “Tambah syarat”, atau "
    "tandai “Jika tidak ada jalan lain yang cocok”.",
    "process.condition_not_feel": "Syaratnya bukan rumus yang dikenal di sini. Di perancang, pilih jalan ini dan “Tambah syarat”, atau "
    "tulis pada “Lanjutan: sebagai rumus”; di berkas harus diawali '=', misalnya {like}.",
    "process.default_unknown": "“{name}” punya “selain itu” yang bukan salah satu jalannya. Di perancang, pilih langkah ini dan tandai "
    "salah satu jalannya “Jika tidak ada jalan lain yang cocok” (default {flow}).",
    "process.default_condition": "Jalan ini adalah “selain itu”, dan punya syarat yang tidak dilihat. Di perancang, pilih jalan ini, "
    "matikan “Jika tidak ada jalan lain yang cocok”, lalu nyalakan lagi.",
    "process.bad_host": "“{name}” menempel pada “{host}”, yang langsung selesai, sehingga tidak pernah dapat terjadi. Keluarkan; pada "
    "langkah yang dikerjakan seseorang, pilih “Terjadi sesuatu jika terlambat”.",
    "process.no_host": "“{name}” menempel pada “{host}”, yang bukan langkah di bagian layanan yang sama. Keluarkan; pada langkah yang "
    "dikerjakan seseorang, pilih “Terjadi sesuatu jika terlambat”.",
    "process.bad_expression": "“{name}”: rumus “{text}” tidak dapat dibaca: {reason}",
    "process.stops_time": "“{name}”: waktunya selalu kosong. Sebut berapa lama: pada “Tunggu selama”, atau di berkas P14D, 2026-12-31, "
    "atau FEEL yang diawali '='.",
    "process.stops_list": "“{name}”: yang diulang bukan daftar; tulis FEEL yang memberi daftar, misalnya = application.points.",
    "process.stops_key": "“{name}”: pembeda kabarnya selalu kosong; tulis FEEL yang membaca suatu jawaban.",
    "process.stops_round": "“{name}” berada dalam putaran langkah otomatis yang tidak pernah berakhir; gambar jalan keluar.",
    "process.stops_unsaid": "“{name}” memilih menurut {facts}, yang tidak diberikan oleh langkah mana pun: perkara akan berputar terus. "
    "Sebut formulir yang menanyakannya (formulir.pertanyaan), atau tandai jalan lain sebagai “selain itu”.",
    "process.stops_text": "Rumus “{text}” tidak dapat dihitung: {reason}",
    "process.stops_waiting": "“{name}” menunggu {said}, yang sudah dikirim sebelum ditunggu atau tidak pernah dikirim; gambar sebaliknya.",
    "move.elsewhere": "Perkara berada di {name} ({id}), yang di versi lain terletak di tempat lain; pilih langkah di tempat yang sama.",
    "move.join": "Di versi lain {name} ({id}) akan menunggu selamanya yang datang dari {other}; perkara ini sudah melewatinya.",
    "move.no_step": "Perkara berada di {name} ({id}), yang tidak ada di versi lain; sebut langkah mana yang menggantikannya.",
    "move.other_kind": "Perkara berada di {name} ({id}), sebuah {kind}; {other} di versi lain adalah {now}, yang dikerjakan dengan cara "
    "lain.",
    "move.race": "Perkara menunggu di {name} ({id}) kejadian pertama dari beberapa; di versi lain kejadiannya tidak sama.",
    "import.pool": "{name} ({id}) dipakai sebagai prosedur; kolam lain ({others}) ditinggalkan.",
    "import.by_hand": "{name} ({id}) tidak menyebut cara mengerjakannya ({element}): seseorang mengerjakannya dengan tangan.",
    "import.once": "{name} ({id}) ditandai dikerjakan beberapa kali tanpa menyebut berapa kali: dikerjakan sekali.",
    "import.each": "{name} ({id}) dikerjakan untuk setiap {list}, yang tidak ditulis oleh apa pun di diagram: sekali, selama belum ada.",
    "import.start": "{name} ({id}): perkara dimulai dengan tangan; {element} ditinggalkan.",
    "import.starts": "{name} ({id}) punya {count} awal: satu awal menuju semuanya, dan sebuah jawaban menyebut yang mana.",
    "import.begin": "{name} ({id}) tidak punya awal: satu awal ditaruh di depan yang tidak dituju alur mana pun.",
    "import.milestone": "{name} ({id}) tidak menunggu apa pun: langsung dilewati.",
    "import.told": "{name} ({id}) tidak menyebut kapan terjadi dengan cara yang dapat dijalankan ({said}): menunggu sampai seseorang "
    "menyebutnya.",
    "import.stops": "{name} ({id}) melempar kesalahan yang tidak ditangkap: semuanya berhenti.",
    "import.fork": "{name} ({id}) punya {count} jalan keluar: gerbang di belakangnya mengambil semuanya, atau yang syaratnya terpenuhi.",
    "import.choice": "{name} ({id}) tidak menyebut dasar pilihannya: jawaban {answer} harus menyebut jalannya, atau jalan terakhir "
    "diambil.",
    "import.unreachable": "{name} ({id}) tidak akan pernah tercapai.",
    "import.left_out": "{name} ({id}): {what} tidak berarti di sini dan ditinggalkan.",
    "process.library": "Gambar ini tidak dapat dijalankan: {reason}. Keluarkan yang terakhir digambar, lalu gambar dengan cara lain.",
}
CURES = {
    "take it out and put a “Choice between ways” or “Several things at once” in its place": "keluarkan dan ganti dengan “Pilihan jalan” "
    "atau “Beberapa hal bersamaan”",
    "take it out and draw its steps in the procedure itself": "keluarkan dan gambar langkah-langkahnya langsung di layanan",
    "take it out and draw its steps in the procedure itself, with “Several things at once” where their order does not matter": (
        "keluarkan dan gambar langkah-langkahnya langsung di layanan, dengan “Beberapa hal bersamaan” bila urutannya bebas"
    ),
    "only a step can be done several times, and in one way; take that out under “Only in the file”": "hanya langkah yang dapat dilakukan "
    "beberapa kali, dengan satu cara; keluarkan itu pada “Hanya di berkas”",
    "only a step can be done again, and in one way; take that out under “Only in the file”": "hanya langkah yang dapat diulang, dengan "
    "satu cara; keluarkan itu pada “Hanya di berkas”",
    "a case begins with its application; put a plain “Start” in its place, and what is waited for behind it": "perkara dimulai dari "
    "permohonan; ganti dengan “Mulai” biasa, dan taruh yang ditunggu sesudahnya",
    "an error ends a part of the procedure and is caught at the edge of that part; put a way to an end in its place": (
        "kesalahan mengakhiri satu bagian layanan dan ditangkap di tepi bagian itu; ganti dengan jalan menuju akhir"
    ),
    "it is sent in a part of the procedure and caught at the edge of that part; put an ordinary step in its place": (
        "ini dikirim di dalam satu bagian layanan dan ditangkap di tepi bagian itu; ganti dengan langkah biasa"
    ),
    "a condition is waited for on the way; put a plain one in its place, with a “Choice between ways” behind it": (
        "syarat ditunggu di jalannya; ganti dengan yang biasa, dengan “Pilihan jalan” sesudahnya"
    ),
    "what is undone is said at the edge of its step; draw the undoing as steps of their own": "yang dibatalkan disebut di tepi "
    "langkahnya; gambar pembatalannya sebagai langkah tersendiri",
    "take it out and draw the undoing as steps of their own": "keluarkan dan gambar pembatalannya sebagai langkah tersendiri",
    "take it out and let the step before it lead straight to the step behind it": "keluarkan dan biarkan langkah sebelumnya langsung "
    "menuju langkah sesudahnya",
    "a case begins with its application; put a plain “Start” in its place, and “Wait for a message” behind it": (
        "perkara dimulai dari permohonan; ganti dengan “Mulai” biasa, dan taruh “Menunggu kabar” sesudahnya"
    ),
    "only “Wait for a time”, and “When it is late” at a step, have a time; put one of them, or a plain one, in its place": (
        "hanya “Menunggu waktu”, dan “Jika terlambat” pada langkah, yang punya waktu; ganti dengan salah satunya, atau dengan yang biasa"
    ),
    "it waits for several branches unseen; take that out under “Only in the file”, and put “Several things at once” before it": (
        "langkah ini menunggu beberapa cabang tanpa terlihat; keluarkan itu pada “Hanya di berkas”, dan taruh “Beberapa hal bersamaan” "
        "sebelumnya"
    ),
    "it begins several branches unseen; take that out under “Only in the file”, and put “Several things at once” behind it": (
        "langkah ini memulai beberapa cabang tanpa terlihat; keluarkan itu pada “Hanya di berkas”, dan taruh “Beberapa hal bersamaan” "
        "sesudahnya"
    ),
    "where all of it must happen, put “Several things at once” in its place": "bila semuanya harus terjadi, ganti dengan “Beberapa hal "
    "bersamaan”",
    "what each one sends, a step of its own must send; take that out under “Only in the file”, and draw the step behind it": (
        "yang dikirim masing-masing harus dikirim langkah tersendiri; keluarkan itu pada “Hanya di berkas”, lalu gambar langkahnya"
    ),
    "a time that comes again and again stands only at the edge of a step that stays open; say once how long": "waktu yang berulang hanya "
    "di tepi langkah yang tetap terbuka; sebut sekali saja berapa lama",
    "in the designer, choose it and answer “Who does this?” anew; who of that desk does it, the duty roster says": (
        "di perancang, pilih langkah ini dan jawab lagi “Siapa yang mengerjakan?”; petugasnya ditentukan oleh jadwal piket"
    ),
    "in the designer, choose it and answer “Who does this?” anew": "di perancang, pilih langkah ini dan jawab lagi “Siapa yang "
    "mengerjakan?”",
    "in the designer, choose it and answer “Which form?” anew": "di perancang, pilih langkah ini dan jawab lagi “Formulir yang mana?”",
    "in the designer, choose it and answer “What happens?” anew": "di perancang, pilih langkah ini dan jawab lagi “Apa yang terjadi?”",
    "in the designer, choose it and answer “Which decision table?” anew": "di perancang, pilih langkah ini dan jawab lagi “Tabel "
    "keputusan yang mana?”",
    "take it out and draw the steps that are meant": "keluarkan, lalu gambar langkah-langkah yang dimaksud",
    "take it out and put a “Decision table” in its place": "keluarkan dan ganti dengan “Tabel keputusan”",
    "in the designer, choose it and take that out under “Only in the file”": "di perancang, pilih langkah ini dan keluarkan itu pada "
    "“Hanya di berkas”",
    "take it out and draw it another way": "keluarkan dan gambar dengan cara lain",
}
