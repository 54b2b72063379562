PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE entries (
	number INTEGER NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	person TEXT NOT NULL, 
	act VARCHAR(80) NOT NULL, 
	tender VARCHAR(80) NOT NULL, 
	details TEXT NOT NULL, 
	"before" VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO entries VALUES(1,'2026-10-01T08:00:00.000+00:00','anna@city.example','interest','turku','{"kind": "none", "reason": ""}','0000000000000000000000000000000000000000000000000000000000000000','0147f52f6eb6c79b5a793dff59c85097feef87538f5a721395e2db7636930fa7');
INSERT INTO entries VALUES(2,'2026-10-01T08:01:00.007+00:00','anna@city.example','purchase','turku','{"file": "purchase.yaml", "sha256": "abababababababababababababababababababababababababababababababab"}','0147f52f6eb6c79b5a793dff59c85097feef87538f5a721395e2db7636930fa7','783a39e53874fd53f3d9a09f07d5e14c5b60b596816928a3e4f55db2ee311d9a');
INSERT INTO entries VALUES(3,'2026-10-01T08:02:00.014+00:00','Бо@city.example','interest','turku','{"kind": "some", "reason": "Veljeni myy “päästöjä”; 100 %\nja \\ ''; --"}','783a39e53874fd53f3d9a09f07d5e14c5b60b596816928a3e4f55db2ee311d9a','b903d1dcbc0a167a574ce3486d9bfea69eed6450575809c38fbf185b8454c8db');
INSERT INTO entries VALUES(4,'2026-10-01T08:03:00.021+00:00','anna@city.example','signed','turku','{"content": "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", "subject": "turku", "what": "award"}','b903d1dcbc0a167a574ce3486d9bfea69eed6450575809c38fbf185b8454c8db','590586ac52c00ba84f1d5765cf1338461155ee720827ce5290dbada793545acc');
INSERT INTO entries VALUES(5,'2026-10-01T08:04:00.028+00:00','bo@city.example','signed','turku','{"content": "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", "subject": "turku", "what": "award"}','590586ac52c00ba84f1d5765cf1338461155ee720827ce5290dbada793545acc','bb9b79e83ca0cf1f5c69bd6d3732ae64f44a4338aaaeaeb8b902fbb9d7691825');
INSERT INTO entries VALUES(6,'2026-10-01T08:05:00.035+00:00','bo@city.example','seconded','turku','{"content": "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", "first": "anna@city.example", "subject": "turku", "what": "award"}','bb9b79e83ca0cf1f5c69bd6d3732ae64f44a4338aaaeaeb8b902fbb9d7691825','568849aae71b92f7886802ce099f470fe2c30035f6ba7ba8d99964d33d1d96de');
INSERT INTO entries VALUES(7,'2026-10-01T08:06:00.042+00:00','carla','rules','','{}','568849aae71b92f7886802ce099f470fe2c30035f6ba7ba8d99964d33d1d96de','3248044fa4e3a75ca64706f46b19b60101c67b52e7d25ce0c81f31e3f4de3719');
CREATE TABLE register_state (
	version INTEGER NOT NULL
);
INSERT INTO register_state VALUES(1);
CREATE INDEX ix_entries_act ON entries (act);
CREATE INDEX ix_entries_tender ON entries (tender);
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'the register only grows'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'the register only grows'); END;
COMMIT;
