"""What `roundtable bench` needs beside the product: the CRUD peer, a load generator, servers, databases, the table."""
