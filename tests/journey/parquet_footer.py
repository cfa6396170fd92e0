"""The number of rows that a Parquet file says it has: its footer is Thrift's compact protocol."""
import struct


class Compact:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def zigzag(self):
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def skip(self, kind):
        if kind in (1, 2):  # a boolean is in its kind
            return
        if kind == 3:
            self.at += 1
        elif kind in (4, 5, 6):
            self.varint()
        elif kind == 7:
            self.at += 8
        elif kind == 8:
            size = self.varint()
            self.at += size
        elif kind in (9, 10):
            head = self.byte()
            size = head >> 4 if head >> 4 != 15 else self.varint()
            for _ in range(size):
                self.skip(3 if head & 15 in (1, 2) else head & 15)
        elif kind == 12:
            for _, field_kind in self.fields():
                self.skip(field_kind)
        else:
            raise ValueError(f"kind {kind}")

    def fields(self):
        number = 0
        while True:
            head = self.byte()
            if head == 0:
                return
            number = number + (head >> 4) if head >> 4 else self.zigzag()
            yield number, head & 15


def row_count(data):
    if data[:4] != b"PAR1" or data[-4:] != b"PAR1":
        raise ValueError("not Parquet")
    size = struct.unpack("<I", data[-8:-4])[0]
    footer = Compact(data[-8 - size:-8])
    for number, kind in footer.fields():
        if number == 3:  # FileMetaData.num_rows
            return footer.zigzag()
        footer.skip(kind)
    raise ValueError("no num_rows")
