-- A token acts in the post that its owner chose when it was made. Tokens from before act in their owner's first post.

ALTER TABLE tokens ADD COLUMN post INTEGER REFERENCES posts (id);
